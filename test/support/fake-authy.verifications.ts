import { randomInt, randomUUID } from 'node:crypto';
import { refusal, type Answer, type AuthyErrorCode } from './fake-authy.errors.js';

type Params = Readonly<Record<string, string>>;

/** A message that "went out". */
export interface SentMessage {
  /** E.164. */
  to: string;
  via: 'sms' | 'call';
  code: string;
}

interface Verification {
  uuid: string;
  code: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  isVerified: boolean;
}

const TEN_MINUTES = 600_000;

/**
 * What the API does with codes: one pending verification per number, the same code at every start
 * until used or expired.
 */
export class FakeVerifications {
  readonly messages: SentMessage[] = [];
  private readonly byNumber = new Map<string, Verification>();

  constructor(
    private readonly now: () => number,
    private readonly specialNumbers: Readonly<Record<string, AuthyErrorCode>>,
    private readonly onSent: (message: SentMessage) => void,
  ) {}

  start(params: Params): Answer {
    const problem = this.problemOfStart(params);
    if (problem) return problem;

    const number = numberOf(params);
    const verification = this.pending(number) ?? this.create(params);
    if (params['custom_code']) verification.code = params['custom_code'];
    this.byNumber.set(number, verification);

    const via = params['via'] === 'call' ? 'call' : 'sms';
    this.send({ to: number, via, code: verification.code });
    const shown = shownNumber(params);
    return {
      status: 200,
      body: {
        carrier: 'AT&T Wireless',
        is_cellphone: true,
        message: via === 'call' ? `Call to ${shown} initiated.` : `Text message sent to ${shown}.`,
        seconds_to_expire: this.secondsLeft(verification),
        uuid: verification.uuid,
        success: true,
      },
    };
  }

  check(params: Params): Answer {
    const problem = problemOfNumber(params) ?? problemOfMissing(params, 'verification_code');
    if (problem) return problem;

    const verification = this.pending(numberOf(params));
    if (!verification)
      return refusal('60023', `No pending verifications for ${shownNumber(params)} found.`);
    if (verification.code !== params['verification_code']) return refusal('60022');
    verification.isVerified = true;
    return { status: 200, body: { message: 'Verification code is correct.', success: true } };
  }

  status(params: Params): Answer {
    if (!params['uuid'] && !(params['country_code'] && params['phone_number']))
      return refusal('60042');
    const verification = params['uuid']
      ? this.byUuid(params['uuid'])
      : this.byNumber.get(numberOf(params));
    if (!verification) return refusal('60023');
    const open = verification.expiresAt > this.now() ? 'pending' : 'expired';
    return {
      status: 200,
      body: {
        message: 'Phone Verification status.',
        status: verification.isVerified ? 'verified' : open,
        seconds_to_expire: this.secondsLeft(verification),
        success: true,
      },
    };
  }

  private problemOfStart(params: Params): Answer | undefined {
    const problem = problemOfNumber(params) ?? problemOfMissing(params, 'via');
    if (problem) return problem;
    const { via = '', code_length: length = '4', custom_code: custom } = params;
    if (via !== 'sms' && via !== 'call') return invalid('via', `'${via}' is not one of sms, call`);
    if (!/^([4-9]|10)$/.test(length)) return invalid('code_length', 'must be between 4 and 10');
    if (custom && !/^[0-9A-Za-z]{4,10}$/.test(custom))
      return invalid('custom_code', 'must have between 4 and 10 characters');

    const special = this.specialNumbers[numberOf(params)];
    const isReachedByVoice = special === '60082' && via === 'call';
    return special && !isReachedByVoice ? refusal(special) : undefined;
  }

  private create(params: Params): Verification {
    const length = Number(params['code_length'] ?? '4');
    const code = Array.from({ length }, () => randomInt(10)).join('');
    return { uuid: randomUUID(), code, expiresAt: this.now() + TEN_MINUTES, isVerified: false };
  }

  private pending(number: string): Verification | undefined {
    const verification = this.byNumber.get(number);
    return verification && !verification.isVerified && verification.expiresAt > this.now()
      ? verification
      : undefined;
  }

  private byUuid(uuid: string): Verification | undefined {
    return [...this.byNumber.values()].find((verification) => verification.uuid === uuid);
  }

  private secondsLeft({ expiresAt }: Verification): number {
    return Math.max(0, Math.floor((expiresAt - this.now()) / 1000));
  }

  private send(message: SentMessage): void {
    this.messages.push(message);
    this.onSent(message);
  }
}

const invalid = (name: string, why: string): Answer =>
  refusal('60004', `Invalid parameter: ${name} - ${why}`);

const problemOfMissing = (params: Params, name: string): Answer | undefined =>
  params[name] ? undefined : invalid(name, 'Parameter is required');

function problemOfNumber(params: Params): Answer | undefined {
  const missing =
    problemOfMissing(params, 'country_code') ?? problemOfMissing(params, 'phone_number');
  if (missing) return missing;
  const country = params['country_code'] ?? '';
  if (!/^\d+$/.test(country)) return invalid('country_code', `'${country}' is not a valid Integer`);
  if (!/^[1-9]\d{0,2}$/.test(country)) return refusal('60078');
  return /^\d{5,14}$/.test(nationalDigits(params)) ? undefined : refusal('60033');
}

/** People's own punctuation is taken: `415-555-0100`. */
const nationalDigits = (params: Params): string =>
  (params['phone_number'] ?? '').replace(/[-. ()]/g, '');

const numberOf = (params: Params): string =>
  `+${params['country_code'] ?? ''}${nationalDigits(params)}`;

/** The API's own grouping, whatever the country: `+1 987-654-3210`, `+351 91-234-5678`. */
function shownNumber(params: Params): string {
  const digits = nationalDigits(params);
  const groups = [digits.slice(0, -7), digits.slice(-7, -4), digits.slice(-4)].filter(
    (group) => group !== '',
  );
  return `+${params['country_code'] ?? ''} ${groups.join('-')}`;
}

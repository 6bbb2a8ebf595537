import { randomInt } from 'node:crypto';
import type { Answer } from './fake-authy.errors.js';
import {
  CUSTOM_CODE_NOT_ALLOWED,
  refusal,
  type TwilioErrorCode,
} from './fake-twilio-verify.errors.js';
import {
  attemptAt,
  newSid,
  showCheck,
  showService,
  showVerification,
  type Codes,
  type Owner,
  type Verification,
} from './fake-twilio-verify.resources.js';

type Params = Readonly<Record<string, string>>;

/** A message that "went out". */
export interface SentMessage {
  /** E.164. */
  to: string;
  channel: string;
  locale: string | undefined;
  code: string;
}

const TEN_MINUTES = 600_000;
const MOST_SENDS = 5;
const MOST_CHECKS = 5;
const CHANNELS = ['sms', 'call', 'email', 'whatsapp'];
const LOCALE =
  /^(a[fr]|c[as]|d[ae]|e[lnst]|en-GB|f[ir]|h[eiru]|i[dt]|ja|k[no]|lt|m[rs]|n[bl]|pl|pt(-BR)?|r[ou]|s[kv]|t[ehlr]|uk|vi|zh(-CN|-HK)?)$/;

/**
 * What the API does with codes: one pending verification per number, the same code at every start
 * until it is over.
 */
export class FakeVerifications {
  readonly messages: SentMessage[] = [];
  private readonly bySid = new Map<string, Verification>();

  constructor(
    private readonly owner: Owner,
    private readonly codes: Codes,
    private readonly now: () => number,
    private readonly specialNumbers: Readonly<Record<string, TwilioErrorCode>>,
    private readonly onSent: (message: SentMessage) => void,
  ) {}

  start(params: Params): Answer {
    const { To: to = '', Channel: channel = '', Locale: locale, CustomCode: custom } = params;
    const problem = this.problemOfStart(to, channel, locale) ?? this.problemOfCode(custom);
    if (problem) return problem;

    const verification = this.pendingFor(to) ?? this.create(to);
    if (verification.sends.length >= MOST_SENDS) return refusal('60203');
    verification.channel = channel;
    verification.code = custom ?? verification.code;
    verification.sends.push(attemptAt(this.now(), channel));
    this.send({ to, channel, locale, code: verification.code });
    return { status: 201, body: showVerification(this.owner, verification, this.now()) };
  }

  check(params: Params): Answer {
    const { Code: code = '', To: to, VerificationSid: sid } = params;
    if (!/^[0-9]{4,10}$/.test(code)) return refusal('60200', 'Invalid parameter: Code');
    if (to === undefined && sid === undefined) return refusal('60221');
    const verification = sid === undefined ? this.pendingFor(to ?? '') : this.pending(sid);
    if (!verification) return this.notFound('/VerificationCheck');

    if (verification.checks === MOST_CHECKS) {
      verification.status = 'max_attempts_reached';
      return refusal('60202');
    }
    verification.checks += 1;
    if (code === verification.code) verification.status = 'approved';
    return { status: 200, body: showCheck(this.owner, verification, this.now()) };
  }

  update(sid: string, { Status: status = '' }: Params): Answer {
    const verification = this.pending(sid);
    if (!verification) return this.notFound(`/Verifications/${sid}`);
    if (status !== 'canceled' && status !== 'approved')
      return refusal('60200', 'Invalid parameter: Status');
    verification.status = status;
    return { status: 200, body: showVerification(this.owner, verification, this.now()) };
  }

  service(): Answer {
    return { status: 200, body: showService(this.owner, this.codes, this.now()) };
  }

  /** What became of a verification, or is to become of it. */
  statusOf(sid: string): string | undefined {
    return this.bySid.get(sid)?.status;
  }

  private problemOfStart(
    to: string,
    channel: string,
    locale: string | undefined,
  ): Answer | undefined {
    if (!/^\+[1-9][0-9]{6,14}$/.test(to))
      return refusal('60200', `Invalid parameter \`To\`: ${to}`);
    if (!CHANNELS.includes(channel)) return refusal('60200', 'Invalid parameter: Channel');
    if (locale !== undefined && !LOCALE.test(locale)) return this.notFound('/Verifications');
    const special = this.specialNumbers[to];
    const isReachedByVoice = special === '60205' && channel === 'call';
    return special && !isReachedByVoice ? refusal(special) : undefined;
  }

  private problemOfCode(custom: string | undefined): Answer | undefined {
    if (custom === undefined) return undefined;
    if (!this.codes.customCodes) return CUSTOM_CODE_NOT_ALLOWED;
    return /^[0-9A-Za-z]{4,10}$/.test(custom)
      ? undefined
      : refusal('60200', 'Invalid parameter: CustomCode');
  }

  private create(to: string): Verification {
    const code = Array.from({ length: this.codes.codeLength }, () => randomInt(10)).join('');
    const sid = newSid('VE');
    const createdAt = this.now();
    const verification: Verification = {
      sid,
      to,
      channel: '',
      code,
      status: 'pending',
      createdAt,
      sends: [],
      checks: 0,
    };
    this.bySid.set(sid, verification);
    return verification;
  }

  private pendingFor(to: string): Verification | undefined {
    return [...this.bySid.values()].find(
      (verification) => verification.to === to && this.pending(verification.sid),
    );
  }

  private pending(sid: string): Verification | undefined {
    const verification = this.bySid.get(sid);
    const isLive =
      verification?.status === 'pending' && verification.createdAt + TEN_MINUTES > this.now();
    return isLive ? verification : undefined;
  }

  private notFound(path: string): Answer {
    return refusal(
      '20404',
      `The requested resource /Services/${this.owner.serviceSid}${path} was not found`,
    );
  }

  private send(message: SentMessage): void {
    this.messages.push(message);
    this.onSent(message);
  }
}

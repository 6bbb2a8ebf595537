import { z } from 'zod';
import type { Exchange } from '../../common/net/bounded-fetch.js';
import { phoneLibrary } from '../../common/phone/phone-library.js';
import {
  readJson,
  refused,
  resultOf,
  sent,
  throttled,
  unavailable,
  unknown,
  type Answer,
  type Meaning,
} from '../../messaging/vendors/gateway-answer.js';
import {
  exchangeWith,
  withoutSlash,
  type GatewayContext,
  type GatewayRequest,
} from '../../messaging/vendors/gateway-sender.js';
import type { SendResult } from '../../messaging/vendors/sms-sender.js';
import type { AuthySettings } from './authy.vendor.js';
import {
  VerificationProvider,
  type CheckResult,
  type ProviderChallenge,
} from './verification-provider.js';

/** What a refusal says, also of a code that was to be checked: it may have been compared. */
type Refusal = Meaning & Partial<Record<'check', CheckResult['outcome']>>;

const waiting: Refusal = { ...throttled, check: 'not_compared' };

/** The error codes of the Phone Verification API v1 (Twilio, "Authy Return and Error Codes"). */
const REFUSALS: ReadonlyMap<string, Refusal> = new Map<string, Refusal>([
  ['60000', unavailable()],
  [
    '60001',
    {
      ...unavailable(
        'The verification provider does not accept our API key (60001): check AUTHY_KEY and AUTHY_URL.',
      ),
      check: 'not_compared',
    },
  ],
  ['60002', unavailable()],
  ['60003', waiting],
  ['60004', unavailable()],
  ['60005', unavailable()],
  ['60021', unavailable()],
  ['60022', { ...unavailable(), check: 'wrong' }],
  ['60023', { ...unavailable(), check: 'gone' }],
  ['60033', refused('invalid_number')],
  ['60042', unavailable()],
  [
    '60060',
    unavailable(
      'The verification provider has suspended our account (60060): no code is sent or checked.',
    ),
  ],
  ['60078', refused('unsupported_country')],
  ['60082', refused('landline')],
  ['60083', refused('unreachable')],
]);

/** The API's own default is 4 digits: a hundred times easier to guess. */
const CODE_LENGTH = '6';

/**
 * Authy Phone Verification API v1, or a server that speaks it: it knows numbers, not challenges.
 */
export class AuthyProvider extends VerificationProvider {
  readonly name = 'authy';
  readonly codeBelongsTo = 'number';
  readonly channels = ['sms', 'call'] as const;

  constructor(
    private readonly settings: AuthySettings,
    private readonly context: GatewayContext,
  ) {
    super();
  }

  /** Asks for a code of 6 digits. Never repeated here: a second request costs a second message. */
  async start({ phoneNumber, channel }: ProviderChallenge): Promise<SendResult> {
    const number = splitNumber(phoneNumber);
    if (!number) return { outcome: 'refused', reason: 'invalid_number' };
    const body = new URLSearchParams({ via: channel, ...number, code_length: CODE_LENGTH });
    return resultOf(
      await this.ask('start', { method: 'POST', body }),
      meaningOfStart,
      this.context.log,
    );
  }

  /**
   * Has a code compared. `right` needs the one unmistakable answer; whatever is odd is `unknown`.
   */
  async check({ phoneNumber }: ProviderChallenge, code: string): Promise<CheckResult> {
    const number = splitNumber(phoneNumber);
    if (!number) return { outcome: 'not_compared' };
    const query = new URLSearchParams({ ...number, verification_code: code });
    const exchange = await this.ask(`check?${query}`);
    if (exchange.outcome === 'not_sent') return { outcome: 'not_compared' };
    if (exchange.outcome === 'lost') return { outcome: 'unknown' };

    const reply = readReply(exchange);
    if (reply.isSuccess) return { outcome: 'right' };
    return { outcome: reply.isRefusal ? this.refusedCheck(reply) : 'unknown' };
  }

  private refusedCheck(reply: AuthyReply): CheckResult['outcome'] {
    const { alarm, check = 'unknown' } = refusalOf(reply);
    if (alarm) this.context.log?.(alarm);
    return check;
  }

  private ask(path: string, request: Omit<GatewayRequest, 'url'> = {}): Promise<Exchange> {
    const { AUTHY_KEY, AUTHY_URL } = this.settings;
    const url = `${withoutSlash(AUTHY_URL)}/protected/json/phones/verification/${path}`;
    const headers = { 'X-Authy-API-Key': AUTHY_KEY, Accept: 'application/json' };
    return exchangeWith({ url, headers, ...request }, this.context);
  }
}

function meaningOfStart(answer: Answer): Meaning {
  const reply = readReply(answer);
  if (reply.isSuccess) return sent(reply.uuid);
  return reply.isRefusal ? refusalOf(reply) : unknown;
}

/**
 * The code decides, for 401 stands for a bad key as well as for a wrong code; the status only helps
 * where no known code came: a 429 was never processed, of anything else we know nothing.
 */
const refusalOf = ({ status, errorCode = '' }: AuthyReply): Refusal =>
  REFUSALS.get(errorCode) ?? (status === 429 ? waiting : unavailable());

/**
 * Every field may be missing, null or of a wrong type: `error_code` is a string in the reference, a
 * number in some servers.
 */
const Body = z.object({
  success: z.boolean().optional().catch(undefined),
  error_code: z.union([z.string(), z.int()]).transform(String).nullish().catch('unreadable'),
  uuid: z.string().min(1).max(64).optional().catch(undefined),
});

/** An answer of the Authy API, read with suspicion. */
interface AuthyReply {
  status: number;
  /** Exactly HTTP 200 with the JSON boolean `success: true` and no error code. */
  isSuccess: boolean;
  /** The server itself said no: a status that is no 2xx, or the JSON boolean `success: false`. */
  isRefusal: boolean;
  errorCode: string | undefined;
  uuid: string | undefined;
}

/**
 * Reads an answer; one that is no JSON object is neither a success nor, with a 2xx status, a
 * refusal.
 */
function readReply({ status, body }: Answer): AuthyReply {
  const fields = Body.safeParse(readJson(body)).data ?? {};
  const errorCode = fields.error_code ?? undefined;
  return {
    status,
    isSuccess: status === 200 && fields.success === true && errorCode === undefined,
    isRefusal: status >= 300 || fields.success === false,
    errorCode,
    uuid: fields.uuid,
  };
}

/**
 * Cuts an E.164 number in two, changing no digit (Italian numbers begin with zeros that count);
 * undefined when no known calling code begins it.
 */
function splitNumber(phoneNumber: string) {
  const callingCode = phoneLibrary().parsePhoneNumberFromString(phoneNumber, {
    extract: false,
  })?.countryCallingCode;
  if (callingCode === undefined || !phoneNumber.startsWith(`+${callingCode}`)) return undefined;
  return { country_code: callingCode, phone_number: phoneNumber.slice(1 + callingCode.length) };
}

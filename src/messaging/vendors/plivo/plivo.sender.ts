import { z } from 'zod';
import {
  meaningOfHttp,
  readJson,
  refused,
  sent,
  unavailable,
  unknown,
  type Answer,
  type Meaning,
} from '../gateway-answer.js';
import { formFields, referenceOf } from '../gateway-callback.js';
import { bad, good } from '../gateway-probe.js';
import {
  basic,
  digitsOf,
  GatewaySender,
  within,
  withoutSlash,
  type GatewayContext,
  type GatewayRequest,
} from '../gateway-sender.js';
import type { Message, Probe, Receipt, ReceiptRequest } from '../sms-sender.js';
import { spoken, xmlText } from '../speech.js';
import { isSignedByPlivo, plivoReceipt } from './plivo.receipt.js';
import type { PlivoSettings } from './plivo.vendor.js';

const badCredentials = unavailable(
  'Plivo does not accept our credentials: check PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN.',
);
const noCredit = unavailable('Plivo sends nothing, for our account has no credit.');
const badSender = unavailable('Plivo cannot send from our number: check PLIVO_FROM.');
const badCallback = unavailable('Plivo does not take our address for receipts: check PUBLIC_URL.');
const forbidden = unavailable(
  'Plivo forbids our account to send: see the account and its Geo Permissions in its console.',
);
const unaskable = unavailable(
  'Plivo cannot call anybody, for its calls ask us what to say: PUBLIC_URL must be https.',
);

/**
 * A refused message comes with a sentence, never with a code: it is read for the parameter or the
 * matter that it names.
 */
const WORDS: readonly (readonly [RegExp, Meaning])[] = [
  [/\b(credits?|balance|recharge)\b/i, noCredit],
  [/\b(src|source|sender|caller ?id|powerpack(_uuid)?)\b/i, badSender],
  [/\b(countr(y|ies)|region|geo)\b/i, refused('unsupported_country')],
  [/\b(dst|destination|phone number)\b/i, refused('invalid_number')],
  [/\burl\b/i, badCallback],
];

/**
 * Statuses that are about the one request, and so have a sentence worth reading (Plivo, "API
 * response").
 */
const ABOUT_THE_REQUEST = [400, 403];

const BY_STATUS: ReadonlyMap<number, Meaning> = new Map([
  [402, noCredit],
  [403, forbidden],
  [404, badCredentials],
]);

/**
 * Every field may be missing or of a wrong type. `error` is a sentence, or sentences by parameter.
 */
const Body = z.object({
  message_uuid: z.array(z.string().min(1).max(64)).optional().catch(undefined),
  invalid_number: z.array(z.unknown()).optional().catch(undefined),
  error: z.unknown().optional(),
});
const Fired = z.object({
  request_uuid: z.string().min(1).max(64),
  error: z.undefined().optional(),
});
const Account = z.object({
  auth_id: z.string(),
  billing_mode: z.string().optional().catch(undefined),
  cash_credits: z.coerce.number().optional().catch(undefined),
});

const POWERPACK = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** How long a text may wait at Plivo, in seconds (Plivo, "Message expiry"). */
const EXPIRY = { least: 5, most: 10_799 };

/**
 * Seconds that a call lasts at most, once it is answered: the longest of our texts takes less than
 * half.
 */
const LONGEST_CALL = 120;

/** Voices of Amazon Polly (Plivo, "SSML": the voice says the language). */
const VOICES = {
  ar: 'Polly.Zeina',
  de: 'Polly.Vicki',
  en: 'Polly.Joanna',
  es: 'Polly.Lucia',
  fr: 'Polly.Lea',
  hi: 'Polly.Aditi',
  pt: 'Polly.Vitoria',
  zh: 'Polly.Zhiyu',
};

/**
 * Texts by Plivo's Message API, calls by its Call API: when somebody answers, Plivo asks us what to
 * say.
 */
export class PlivoSender extends GatewaySender {
  readonly name = 'plivo';
  readonly channels: readonly Message['channel'][];
  private readonly caller: string | undefined;

  constructor(
    private readonly settings: PlivoSettings,
    context: GatewayContext,
  ) {
    super(context);
    const { PLIVO_CALL_FROM, PLIVO_FROM } = settings;
    this.caller = [PLIVO_CALL_FROM, PLIVO_FROM].find((number) => number?.startsWith('+'));
    this.channels = this.caller === undefined ? ['sms'] : ['sms', 'call'];
  }

  override isAsking(request: ReceiptRequest): boolean {
    const form = formFields(request.body.toString('utf8'));
    return form !== undefined && isSignedByPlivo(this.settings.PLIVO_AUTH_TOKEN, request, form);
  }

  /** Plivo's XML: the text, which tells the code twice, digit by digit. */
  override script(message: Pick<Message, 'text' | 'code' | 'locale'>): string {
    const { text, voice } = spoken(VOICES, message);
    return `<Response><Wait length="1"/><Speak voice="${voice}">${xmlText(text)}</Speak></Response>`;
  }

  override receipts(request: ReceiptRequest): Receipt[] | null {
    const form = formFields(request.body.toString('utf8'));
    if (!form || !isSignedByPlivo(this.settings.PLIVO_AUTH_TOKEN, request, form)) return null;
    const reference = referenceOf(request);
    return reference === undefined ? [] : [plivoReceipt(reference, form)];
  }

  protected requestFor(message: Message): GatewayRequest | Meaning {
    const isCall = message.channel === 'call';
    if (isCall && !message.scriptUrl?.startsWith('https:')) return unaskable;
    const body = JSON.stringify(isCall ? this.callOf(message) : this.textOf(message));
    return this.request(isCall ? 'Call/' : 'Message/', { method: 'POST', body });
  }

  /** Sent is a text that got a 202 and one id, and a call that got a 201 and an id. */
  protected meaningOf({ status, body }: Answer, { channel }: Message): Meaning {
    const json = readJson(body);
    const { message_uuid: ids = [], invalid_number = [], error } = Body.safeParse(json).data ?? {};
    if (status >= 300) return meaningOfError(status, error);
    if (channel === 'call') {
      const call = status === 201 ? Fired.safeParse(json).data : undefined;
      return call ? sent(call.request_uuid) : unknown;
    }
    if (status !== 202 || error !== undefined) return unknown;
    if (invalid_number.length > 0) return ids.length === 0 ? refused('invalid_number') : unknown;
    return ids.length === 1 ? sent(ids[0]) : unknown;
  }

  /** Reads the account. */
  protected question() {
    return {
      name: 'Plivo',
      credentials: 'PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN',
      address: 'PLIVO_URL',
      request: this.request('', {}),
      judge: judgeAccount,
    };
  }

  /** Plivo keeps the number in its log, and not the text with the code. */
  private textOf({ to, text, ttl, callbackUrl }: Message): object {
    const from = this.settings.PLIVO_FROM;
    return {
      ...(POWERPACK.test(from) ? { powerpack_uuid: from } : { src: digitsOf(from) }),
      dst: digitsOf(to),
      text,
      message_expiry: within(EXPIRY.least, Math.floor(ttl), EXPIRY.most),
      log: 'number_only',
      ...(callbackUrl?.startsWith('https:') && { url: callbackUrl, method: 'POST' }),
    };
  }

  /**
   * It names where to ask and where to report; without the second, Plivo would report to the first.
   */
  private callOf({ to, callbackUrl, scriptUrl }: Message): object {
    return {
      from: digitsOf(this.caller ?? ''),
      to: digitsOf(to),
      answer_url: scriptUrl,
      answer_method: 'POST',
      hangup_url: callbackUrl,
      hangup_method: 'POST',
      time_limit: LONGEST_CALL,
    };
  }

  private request(path: string, request: Omit<GatewayRequest, 'url'>): GatewayRequest {
    const { PLIVO_AUTH_ID, PLIVO_AUTH_TOKEN, PLIVO_URL } = this.settings;
    const headers = {
      Authorization: basic(PLIVO_AUTH_ID, PLIVO_AUTH_TOKEN),
      Accept: 'application/json',
      'Content-Type': 'application/json',
    };
    const url = `${withoutSlash(PLIVO_URL)}/v1/Account/${PLIVO_AUTH_ID}/${path}`;
    return { url, headers, ...request };
  }
}

function meaningOfError(status: number, error: unknown): Meaning {
  const sentence = error === undefined ? '' : JSON.stringify(error);
  const said = ABOUT_THE_REQUEST.includes(status)
    ? WORDS.find(([words]) => words.test(sentence))?.[1]
    : undefined;
  return said ?? BY_STATUS.get(status) ?? meaningOfHttp(status, badCredentials);
}

function judgeAccount({ status, body }: Answer): Probe | undefined {
  const account = status === 200 ? Account.safeParse(readJson(body)).data : undefined;
  if (account === undefined) return undefined;
  const { billing_mode, cash_credits } = account;
  return billing_mode === 'prepaid' && cash_credits !== undefined && cash_credits <= 0
    ? bad('Plivo accepts our credentials, but the account has no credit left.')
    : good('Plivo accepts our credentials.');
}

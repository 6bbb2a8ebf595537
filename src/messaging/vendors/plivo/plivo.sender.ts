import type { Clock } from '../../../common/clock.js';
import { boundedFetch, type Exchange } from '../bounded-fetch.js';
import { formFields } from '../callback-fields.js';
import { referenceOf } from '../gateway-callback.js';
import { probeOf } from '../gateway-probe.js';
import { plivoReceipt } from './plivo.receipt.js';
import { readPlivoAccount, readPlivoCallReply, readPlivoReply } from './plivo.reply.js';
import { isSignedByPlivo } from './plivo.signature.js';
import { plivoScript } from './plivo.voice.js';
import {
  SmsSender,
  type Message,
  type Probe,
  type Receipt,
  type ReceiptRequest,
  type SendResult,
} from '../sms-sender.js';

export interface PlivoOptions {
  /** `MA…`, or `SA…` of a subaccount. */
  authId: string;
  /** Password of the API and key of the receipts' signatures. */
  authToken: string;
  /** A number, a short code, a sender's name, or the UUID of a Powerpack. */
  from: string;
  /** Who calls, E.164; `from` unless told. Without a number there are no calls. */
  callFrom?: string;
  /** Where the API lives; `https://api.plivo.com` unless told. */
  url?: string;
  clock: Clock;
  /** Milliseconds for one exchange in all; 5000 unless told. */
  timeout?: number;
  /** Takes a sentence for the operator. */
  log?: (sentence: string) => void;
}

const POWERPACK = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** How long a text may wait at Plivo, in seconds (Plivo, "Message expiry"). */
const EXPIRY = { least: 5, most: 10_799 };

/**
 * Seconds that a call lasts at most, once it is answered: the longest of our texts takes less than
 * half.
 */
const LONGEST_CALL = 120;

const UNREACHABLE =
  'Plivo cannot call anybody, for its calls ask us what to say: PUBLIC_URL must be https.';

/**
 * Texts by Plivo's Message API, calls by its Call API: when somebody answers, Plivo asks us what to
 * say.
 */
export class PlivoSender extends SmsSender {
  readonly name = 'plivo';
  readonly channels: readonly Message['channel'][];
  private readonly account: string;
  private readonly caller: string | undefined;

  constructor(private readonly options: PlivoOptions) {
    super();
    this.account = `${(options.url ?? 'https://api.plivo.com').replace(/\/+$/, '')}/v1/Account/${options.authId}/`;
    this.caller = [options.callFrom, options.from].find((number) => number?.startsWith('+'));
    this.channels = this.caller === undefined ? ['sms'] : ['sms', 'call'];
  }

  /** Hands a text or a call over, once: a second request costs a second message. */
  async send(message: Message): Promise<SendResult> {
    if (!this.channels.includes(message.channel)) return { outcome: 'unavailable' };
    const isCall = message.channel === 'call';
    if (isCall && !message.scriptUrl?.startsWith('https:')) {
      this.options.log?.(UNREACHABLE);
      return { outcome: 'unavailable' };
    }

    const body = JSON.stringify(isCall ? this.callOf(message) : this.textOf(message));
    const exchange = await this.request(isCall ? 'Call/' : 'Message/', { method: 'POST', body });
    if (exchange.outcome === 'not_sent') return { outcome: 'unavailable' };
    if (exchange.outcome === 'lost') return { outcome: 'unknown' };

    const { result, alarm } = isCall ? readPlivoCallReply(exchange) : readPlivoReply(exchange);
    if (alarm !== undefined) this.options.log?.(alarm);
    return result;
  }

  override isAsking(request: ReceiptRequest): boolean {
    const form = formFields(request.body.toString('utf8'));
    return form !== undefined && isSignedByPlivo(this.options.authToken, request, form);
  }

  override script(spoken: Pick<Message, 'text' | 'code' | 'locale'>): string {
    return plivoScript(spoken);
  }

  override receipts(request: ReceiptRequest): Receipt[] | null {
    const form = formFields(request.body.toString('utf8'));
    if (!form || !isSignedByPlivo(this.options.authToken, request, form)) return null;
    const reference = referenceOf(request);
    return reference === undefined ? [] : [plivoReceipt(reference, form)];
  }

  /** Reads the account. */
  override async probe(): Promise<Probe> {
    return probeOf(await this.request('', { method: 'GET' }), {
      name: 'Plivo',
      credentials: 'PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN',
      address: 'PLIVO_URL',
      now: this.options.clock.now(),
      judge: readPlivoAccount,
    });
  }

  /** Plivo keeps the number in its log, and not the text with the code. */
  private textOf({ to, text, ttl, callbackUrl }: Message): object {
    const { from } = this.options;
    const expiry = Math.min(Math.max(EXPIRY.least, Math.floor(ttl)), EXPIRY.most);
    return {
      ...(POWERPACK.test(from) ? { powerpack_uuid: from } : { src: from.replace(/^\+/, '') }),
      dst: to.replace(/^\+/, ''),
      text,
      message_expiry: expiry,
      log: 'number_only',
      ...(callbackUrl?.startsWith('https:') && { url: callbackUrl, method: 'POST' }),
    };
  }

  /**
   * It names where to ask and where to report; without the second, Plivo would report to the first.
   */
  private callOf({ to, callbackUrl, scriptUrl }: Message): object {
    return {
      from: this.caller?.replace(/^\+/, ''),
      to: to.replace(/^\+/, ''),
      answer_url: scriptUrl,
      answer_method: 'POST',
      hangup_url: callbackUrl,
      hangup_method: 'POST',
      time_limit: LONGEST_CALL,
    };
  }

  private request(path: string, init: RequestInit): Promise<Exchange> {
    const { authId, authToken, timeout = 5000 } = this.options;
    const headers = {
      Authorization: `Basic ${Buffer.from(`${authId}:${authToken}`).toString('base64')}`,
      Accept: 'application/json',
      'Content-Type': 'application/json',
      // A kept connection may be closed by the other side just when a text is written to it: then
      // nobody knows what was sent.
      Connection: 'close',
    };
    return boundedFetch(new URL(this.account + path), { ...init, headers }, { timeout });
  }
}

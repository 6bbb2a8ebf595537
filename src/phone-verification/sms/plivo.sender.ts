import type { Clock } from '../../common/clock.js';
import { boundedFetch, type Exchange } from '../providers/bounded-fetch.js';
import { referenceOf } from './gateway-callback.js';
import { probeOf } from './gateway-probe.js';
import { plivoReceipt } from './plivo.receipt.js';
import { readPlivoAccount, readPlivoReply } from './plivo.reply.js';
import { isSignedByPlivo } from './plivo.signature.js';
import { SmsSender, type Message, type Probe, type Receipt, type ReceiptRequest, type SendResult } from './sms-sender.js';

export interface PlivoOptions {
  /** `MA…`, or `SA…` of a subaccount. */
  authId: string;
  /** Password of the API and key of the receipts' signatures. */
  authToken: string;
  /** A number, a short code, a sender's name, or the UUID of a Powerpack. */
  from: string;
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

/** Texts by Plivo's Message API. It makes no calls: Plivo's ask us what to say, at an address of ours. */
export class PlivoSender extends SmsSender {
  readonly name = 'plivo';
  readonly channels = ['sms'] as const;
  private readonly account: string;

  constructor(private readonly options: PlivoOptions) {
    super();
    this.account = `${(options.url ?? 'https://api.plivo.com').replace(/\/+$/, '')}/v1/Account/${options.authId}/`;
  }

  /** Hands a text over, once: a second request costs a second message. */
  async send(message: Message): Promise<SendResult> {
    if (message.channel !== 'sms') return { outcome: 'unavailable' };
    const exchange = await this.request('Message/', { method: 'POST', body: JSON.stringify(this.textOf(message)) });
    if (exchange.outcome === 'not_sent') return { outcome: 'unavailable' };
    if (exchange.outcome === 'lost') return { outcome: 'unknown' };

    const { result, alarm } = readPlivoReply(exchange);
    if (alarm !== undefined) this.options.log?.(alarm);
    return result;
  }

  override receipts(request: ReceiptRequest): Receipt[] | null {
    const form = new URLSearchParams(request.body.toString('utf8'));
    if (!isSignedByPlivo(this.options.authToken, request, form)) return null;
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

  private request(path: string, init: RequestInit): Promise<Exchange> {
    const { authId, authToken, timeout = 5000 } = this.options;
    const headers = {
      Authorization: `Basic ${Buffer.from(`${authId}:${authToken}`).toString('base64')}`,
      Accept: 'application/json',
      'Content-Type': 'application/json',
      // A kept connection may be closed by the other side just when a text is written to it: then nobody knows what was sent.
      Connection: 'close',
    };
    return boundedFetch(new URL(this.account + path), { ...init, headers }, { timeout });
  }
}

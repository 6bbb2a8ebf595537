import type { Clock } from '../../../common/clock.js';
import { measureOf } from '../../../common/text/gsm-alphabet.js';
import { boundedFetch } from '../bounded-fetch.js';
import { probeOf } from '../gateway-probe.js';
import {
  SmsSender,
  type Message,
  type Probe,
  type Receipt,
  type ReceiptRequest,
  type SendResult,
} from '../sms-sender.js';
import { readVonageReceipt } from './vonage.receipt.js';
import { readVonageBalance, readVonageReply } from './vonage.reply.js';

export interface VonageOptions {
  apiKey: string;
  apiSecret: string;
  /** Number or name that the text comes from, as the account may use it. */
  from: string;
  /**
   * Signs the delivery receipts (method "SHA-256 HMAC"); without it none are asked for or believed.
   */
  signatureSecret?: string;
  /** Where the API lives; `https://rest.nexmo.com` unless told. */
  url?: string;
  clock: Clock;
  /** Milliseconds for one exchange in all; 5000 unless told. */
  timeout?: number;
  /** Takes a sentence for the operator. */
  log?: (sentence: string) => void;
}

/** Milliseconds the API takes as a text's life (Vonage, "SMS API", `ttl`): 20 seconds to a week. */
const LIFE = { least: 20_000, most: 604_800_000 };

/**
 * Texts by the SMS API of Vonage, formerly Nexmo. It makes no calls: Vonage's need an application
 * with keys of its own.
 */
export class VonageSender extends SmsSender {
  readonly name = 'vonage';
  readonly channels = ['sms'] as const;
  private readonly base: string;

  constructor(private readonly options: VonageOptions) {
    super();
    this.base = (options.url ?? 'https://rest.nexmo.com').replace(/\/+$/, '');
  }

  /** Hands a text over, once: a second request costs a second message. */
  async send(message: Message): Promise<SendResult> {
    if (message.channel !== 'sms') return { outcome: 'unavailable' };

    const exchange = await this.request('/sms/json', {
      method: 'POST',
      body: this.formOf(message),
    });
    if (exchange.outcome === 'not_sent') return { outcome: 'unavailable' };
    if (exchange.outcome === 'lost') return { outcome: 'unknown' };

    const { result, alarm } = readVonageReply(exchange);
    if (alarm !== undefined) this.options.log?.(alarm);
    return result;
  }

  override receipts(request: ReceiptRequest): Receipt[] | null {
    const { signatureSecret } = this.options;
    return signatureSecret ? readVonageReceipt(request, signatureSecret) : null;
  }

  /** Reads the account's balance (Account API). */
  override async probe(): Promise<Probe> {
    const { apiKey, apiSecret, clock } = this.options;
    const credentials = Buffer.from(`${apiKey}:${apiSecret}`).toString('base64');
    const exchange = await this.request('/account/get-balance', {
      headers: { Authorization: `Basic ${credentials}` },
    });
    return probeOf(exchange, {
      name: 'Vonage',
      credentials: 'VONAGE_API_KEY and VONAGE_API_SECRET',
      address: 'VONAGE_URL',
      now: clock.now(),
      judge: readVonageBalance,
    });
  }

  private formOf({ to, text, ttl, reference, callbackUrl }: Message): URLSearchParams {
    const { apiKey, apiSecret, from, signatureSecret } = this.options;
    const form = new URLSearchParams({
      api_key: apiKey,
      api_secret: apiSecret,
      from,
      to: to.replace(/^\+/, ''),
      text,
      type: measureOf(text).foreign === undefined ? 'text' : 'unicode',
      ttl: String(Math.min(LIFE.most, Math.max(LIFE.least, Math.ceil(ttl * 1000)))),
      'client-ref': reference,
    });
    if (callbackUrl !== undefined && signatureSecret) form.set('callback', callbackUrl);
    return form;
  }

  private request(path: string, init: RequestInit): ReturnType<typeof boundedFetch> {
    // A kept connection may be closed by the other side just when a text is written to it: then
    // nobody knows what was sent.
    const headers = { ...init.headers, Accept: 'application/json', Connection: 'close' };
    return boundedFetch(
      new URL(this.base + path),
      { ...init, headers },
      { timeout: this.options.timeout ?? 5000 },
    );
  }
}

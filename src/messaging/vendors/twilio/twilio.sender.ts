import type { Clock } from '../../../common/clock.js';
import { boundedFetch, type Exchange } from '../bounded-fetch.js';
import { formFields } from '../callback-fields.js';
import { referenceOf } from '../gateway-callback.js';
import { probeOf } from '../gateway-probe.js';
import {
  SmsSender,
  type Message,
  type Probe,
  type Receipt,
  type ReceiptRequest,
  type SendResult,
} from '../sms-sender.js';
import { twilioReceipt } from './twilio.receipt.js';
import { readTwilioAccount, readTwilioReply } from './twilio.reply.js';
import { isSignedByTwilio } from './twilio.signature.js';
import { twimlOf } from './twilio.voice.js';

export interface TwilioOptions {
  /** `AC…`. */
  accountSid: string;
  /** Password of the API and key of the receipts' signatures. */
  authToken: string;
  /** A number (E.164), a short code, a sender's name, or a messaging service `MG…`. */
  from: string;
  /** Who calls, E.164; `from` unless told. Without a number there are no calls. */
  callFrom?: string;
  /** Where the API lives; `https://api.twilio.com` unless told. */
  url?: string;
  clock: Clock;
  /** Milliseconds for one exchange in all; 5000 unless told. */
  timeout?: number;
  /** Takes a sentence for the operator. */
  log?: (sentence: string) => void;
}

/**
 * How long a message may wait at Twilio, in seconds: at least (error 30012), at most (Messages API,
 * ValidityPeriod).
 */
const VALIDITY = { least: 5, most: 36_000 };

/** Texts and calls by Twilio's Messages and Calls API (2010-04-01). */
export class TwilioSender extends SmsSender {
  readonly name = 'twilio';
  readonly channels: readonly Message['channel'][];
  private readonly account: string;
  private readonly caller: string | undefined;

  constructor(private readonly options: TwilioOptions) {
    super();
    this.account = `${(options.url ?? 'https://api.twilio.com').replace(/\/+$/, '')}/2010-04-01/Accounts/${options.accountSid}`;
    this.caller = [options.callFrom, options.from].find((number) => number?.startsWith('+'));
    this.channels = this.caller === undefined ? ['sms'] : ['sms', 'call'];
  }

  /** Hands a text or a call over, once: a second request costs a second message. */
  async send(message: Message): Promise<SendResult> {
    if (!this.channels.includes(message.channel)) return { outcome: 'unavailable' };

    const isCall = message.channel === 'call';
    const body = new URLSearchParams(
      isCall ? this.callOf(message, this.caller ?? '') : this.textOf(message),
    );
    // A loopback address, where alone PUBLIC_URL may be http, would make Twilio refuse the message (21609).
    if (message.callbackUrl?.startsWith('https:')) body.set('StatusCallback', message.callbackUrl);
    const exchange = await this.request(isCall ? '/Calls.json' : '/Messages.json', {
      method: 'POST',
      body,
    });
    if (exchange.outcome === 'not_sent') return { outcome: 'unavailable' };
    if (exchange.outcome === 'lost') return { outcome: 'unknown' };

    const { result, alarm } = readTwilioReply(exchange, message.channel);
    if (alarm !== undefined) this.options.log?.(alarm);
    return result;
  }

  override receipts(request: ReceiptRequest): Receipt[] | null {
    const form = formFields(request.body.toString('utf8'));
    const signature = request.headers['x-twilio-signature'] ?? '';
    if (!form || !isSignedByTwilio(this.options.authToken, signature, request.url, form))
      return null;
    const reference = referenceOf(request);
    return reference === undefined ? [] : [twilioReceipt(reference, form)];
  }

  /** Reads the account. */
  override async probe(): Promise<Probe> {
    return probeOf(await this.request('.json', { method: 'GET' }), {
      name: 'Twilio',
      credentials: 'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
      address: 'TWILIO_URL',
      now: this.options.clock.now(),
      judge: readTwilioAccount,
    });
  }

  private textOf({ to, text, ttl }: Message): Record<string, string> {
    const { from } = this.options;
    const sender: Record<string, string> = from.startsWith('MG')
      ? { MessagingServiceSid: from }
      : { From: from };
    const validity = Math.min(Math.max(VALIDITY.least, Math.floor(ttl)), VALIDITY.most);
    return { To: to, ...sender, Body: text, ValidityPeriod: `${validity}` };
  }

  private callOf(message: Message, caller: string): Record<string, string> {
    return { To: message.to, From: caller, Twiml: twimlOf(message) };
  }

  private request(path: string, init: RequestInit): Promise<Exchange> {
    const { accountSid, authToken, timeout = 5000 } = this.options;
    const basic = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
    // A kept connection may be closed by the other side just when a message is written to it: then
    // nobody knows what was sent.
    const headers = {
      Authorization: `Basic ${basic}`,
      Accept: 'application/json',
      Connection: 'close',
    };
    return boundedFetch(new URL(this.account + path), { ...init, headers }, { timeout });
  }
}

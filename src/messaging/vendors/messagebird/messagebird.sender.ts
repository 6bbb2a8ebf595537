import type { Clock } from '../../../common/clock.js';
import { boundedFetch } from '../bounded-fetch.js';
import { probeOf } from '../gateway-probe.js';
import { readMessageBirdReceipt } from './messagebird.receipt.js';
import { readMessageBirdBalance, readMessageBirdReply } from './messagebird.reply.js';
import { spokenByMessageBird } from './messagebird.voice.js';
import {
  SmsSender,
  type Message,
  type Probe,
  type Receipt,
  type ReceiptRequest,
  type SendResult,
} from '../sms-sender.js';

export interface MessageBirdOptions {
  /** Travels in a header only. */
  accessKey: string;
  /**
   * Number, or name of up to 11 characters, that the text comes from. Calls show it when it is a
   * number.
   */
  from: string;
  /** Signs the status reports; without it none are asked for or believed. */
  signingKey?: string;
  /** Where the API lives; `https://rest.messagebird.com` unless told. */
  url?: string;
  clock: Clock;
  /** Milliseconds for one exchange in all; 5000 unless told. */
  timeout?: number;
  /** Takes a sentence for the operator. */
  log?: (sentence: string) => void;
}

const PHONE_NUMBER = /^\+?[0-9]{7,15}$/;

/** Texts and calls by the SMS API and the Voice Messaging API of MessageBird, now Bird. */
export class MessageBirdSender extends SmsSender {
  readonly name = 'messagebird';
  readonly channels = ['sms', 'call'] as const;
  private readonly base: string;

  constructor(private readonly options: MessageBirdOptions) {
    super();
    this.base = (options.url ?? 'https://rest.messagebird.com').replace(/\/+$/, '');
  }

  /** Hands a text or a call over, once: a second request costs a second message. */
  async send(message: Message): Promise<SendResult> {
    const isCall = message.channel === 'call';
    const body = JSON.stringify({
      ...this.addressing(message),
      ...(isCall ? this.call(message) : this.text(message)),
    });
    const exchange = await this.request(isCall ? '/voicemessages' : '/messages', {
      method: 'POST',
      body,
    });
    if (exchange.outcome === 'not_sent') return { outcome: 'unavailable' };
    if (exchange.outcome === 'lost') return { outcome: 'unknown' };

    const { result, alarm } = readMessageBirdReply(exchange);
    if (alarm !== undefined) this.options.log?.(alarm);
    return result;
  }

  override receipts(request: ReceiptRequest): Receipt[] | null {
    const { signingKey } = this.options;
    return signingKey ? readMessageBirdReceipt(request, signingKey) : null;
  }

  /** Reads the account's balance. */
  override async probe(): Promise<Probe> {
    return probeOf(await this.request('/balance', { method: 'GET' }), {
      name: 'MessageBird',
      credentials: 'MESSAGEBIRD_ACCESS_KEY',
      address: 'MESSAGEBIRD_URL',
      now: this.options.clock.now(),
      judge: readMessageBirdBalance,
    });
  }

  private addressing({ to, reference, callbackUrl }: Message): object {
    const reportUrl = this.options.signingKey ? callbackUrl : undefined;
    return { recipients: [to.replace(/^\+/, '')], reference, reportUrl };
  }

  private text({ text, ttl }: Message): object {
    return {
      originator: this.options.from,
      body: text,
      datacoding: 'auto',
      validity: Math.ceil(ttl),
    };
  }

  /**
   * A code left on a voice mailbox is a code for whoever listens to it, so the call ends where a
   * machine answers.
   */
  private call(message: Message): object {
    const { from } = this.options;
    const originator = PHONE_NUMBER.test(from) ? from.replace(/^\+/, '') : undefined;
    return { originator, ...spokenByMessageBird(message), repeat: 1, ifMachine: 'hangup' };
  }

  private request(path: string, init: RequestInit): ReturnType<typeof boundedFetch> {
    // A kept connection may be closed by the other side just when a text is written to it: then
    // nobody knows what was sent.
    const headers = {
      Authorization: `AccessKey ${this.options.accessKey}`,
      Accept: 'application/json',
      'Content-Type': 'application/json',
      Connection: 'close',
    };
    return boundedFetch(
      new URL(this.base + path),
      { ...init, headers },
      { timeout: this.options.timeout ?? 5000 },
    );
  }
}

import type { Clock } from '../../../common/clock.js';
import type { HttpGateway } from '../../../common/http-gateway/http-gateway.js';
import { isNamed } from '../../../common/http-gateway/request-template.js';
import { boundedFetch } from '../bounded-fetch.js';
import { probeOf } from '../gateway-probe.js';
import { readHttpReceipt } from './http.receipt.js';
import { readHttpReply } from './http.reply.js';
import { requestFor } from './http.request.js';
import {
  SmsSender,
  type Message,
  type Probe,
  type Receipt,
  type ReceiptRequest,
  type SendResult,
} from '../sms-sender.js';

export interface HttpSenderOptions {
  /** Read without problems. */
  gateway: HttpGateway;
  clock: Clock;
  /** Milliseconds for one exchange in all; 5000 unless told. */
  timeout?: number;
  /** Takes a sentence for the operator. */
  log?: (sentence: string) => void;
}

const E164 = /^\+[1-9][0-9]{6,14}$/;

/**
 * Texts by any gateway that takes them over HTTP, as the settings tell its requests and answers.
 */
export class HttpSender extends SmsSender {
  readonly name = 'http';
  readonly channels = ['sms'] as const;
  /** A gateway may word the message itself, around our `{code}`. */
  override readonly carriesText: boolean;
  /** Only where there is a secret to know them by. */
  override readonly receipts?: (request: ReceiptRequest) => Receipt[] | null;

  constructor(private readonly options: HttpSenderOptions) {
    super();
    const { url, headers, body, receipts } = options.gateway;
    this.carriesText = isNamed([url, ...Object.values(headers), body?.template ?? ''], 'text');
    if (receipts) this.receipts = (request) => readHttpReceipt(request, receipts);
  }

  /** Hands a text over, once: a second request costs a second message. */
  async send(message: Message): Promise<SendResult> {
    if (message.channel !== 'sms') return { outcome: 'unavailable' };
    if (!E164.test(message.to)) return { outcome: 'refused', reason: 'invalid_number' };
    const { gateway, timeout = 5000, log } = this.options;
    const { url, init } = requestFor(gateway, message);
    const exchange = await boundedFetch(url, init, { timeout });
    if (exchange.outcome === 'not_sent') return { outcome: 'unavailable' };
    if (exchange.outcome === 'lost') return { outcome: 'unknown' };

    const { result, alarm } = readHttpReply(gateway, exchange);
    if (alarm !== undefined) log?.(alarm);
    return result;
  }

  /**
   * Asks the gateway's host for its options, and nothing else: nobody knows which of its addresses
   * would send.
   */
  override async probe(): Promise<Probe> {
    const { gateway, clock, timeout = 5000 } = this.options;
    const { origin, hostname } = new URL(gateway.url);
    const init = { method: 'OPTIONS', headers: { Connection: 'close' } };
    return probeOf(await boundedFetch(new URL(origin), init, { timeout }), {
      name: hostname,
      credentials: 'HTTP_SMS_HEADERS',
      address: 'HTTP_SMS_URL',
      now: clock.now(),
      judge: () => ({
        isGood: true,
        sentence: `${hostname} answers; only a message shows whether it serves us.`,
      }),
    });
  }
}

import type { Clock } from '../../common/clock.js';
import { boundedFetch, type Exchange } from '../../common/net/bounded-fetch.js';
import { resultOf, type Answer, type Meaning } from './gateway-answer.js';
import { probeOf, type Question } from './gateway-probe.js';
import { SmsSender, type Message, type Probe, type SendResult } from './sms-sender.js';

/** What surrounds whoever talks to a gateway. */
export interface GatewayContext {
  clock: Clock;
  /** Milliseconds for one exchange in all; 5000 unless told. */
  timeout?: number;
  /** Takes a sentence for the operator. */
  log?: (sentence: string) => void;
}

export interface GatewayRequest {
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'OPTIONS';
  headers?: Readonly<Record<string, string>>;
  body?: string | URLSearchParams;
}

/** Asks a gateway once: a second request costs a second message. */
export const exchangeWith = (
  { url, headers, ...request }: GatewayRequest,
  { timeout = 5000 }: Pick<GatewayContext, 'timeout'>,
): Promise<Exchange> =>
  boundedFetch(
    new URL(url),
    // A kept connection may be closed by the other side just when a message is written to it: then
    // nobody knows what was sent.
    { ...request, headers: { ...headers, Connection: 'close' } },
    { timeout },
  );

/** A sender whose gateway takes a message by one request. */
export abstract class GatewaySender extends SmsSender {
  constructor(protected readonly context: GatewayContext) {
    super();
  }

  /** Hands a message over, once: a second request costs a second message. */
  async send(message: Message): Promise<SendResult> {
    if (!this.channels.includes(message.channel)) return { outcome: 'unavailable' };
    const request = this.requestFor(message);
    if ('result' in request) return this.say(request);
    const exchange = await exchangeWith(request, this.context);
    return resultOf(exchange, (answer) => this.meaningOf(answer, message), this.context.log);
  }

  override async probe(): Promise<Probe> {
    const question = this.question();
    const exchange = await exchangeWith(question.request, this.context);
    return probeOf(exchange, { ...question, now: this.context.clock.now() });
  }

  /** How the gateway is asked, or what became of a message for which it need not be asked. */
  protected abstract requestFor(message: Message): GatewayRequest | Meaning;
  protected abstract meaningOf(answer: Answer, message: Message): Meaning;
  /** What sends nothing and tells whether the gateway would serve us. */
  protected abstract question(): Question & { request: GatewayRequest };

  private say({ result, alarm }: Meaning): SendResult {
    if (alarm !== undefined) this.context.log?.(alarm);
    return result;
  }
}

/** Seconds of a message's life, within what a gateway takes. */
export const within = (least: number, seconds: number, most: number): number =>
  Math.min(Math.max(least, seconds), most);

export const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** A number as gateways without a plus take it. */
export const digitsOf = (number: string): string => number.replace(/^\+/, '');

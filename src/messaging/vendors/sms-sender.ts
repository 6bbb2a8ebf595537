import type { Channel } from '../../common/channel.js';
import type { Receipt, ReceiptRequest } from '../receipts/receipt.js';

export type { Receipt, ReceiptRequest };

export type RefusalReason =
  'invalid_number' | 'landline' | 'unsupported_country' | 'unreachable' | 'opted_out' | 'blocked';

/** What `doctor` learns without sending anything: one plain sentence, without a secret. */
export interface Probe {
  isGood: boolean;
  sentence: string;
}

/** A text on its way to one phone. */
export interface Message {
  /** E.164. */
  to: string;
  channel: Channel;
  text: string;
  /**
   * The code inside the text, for senders that speak it or fill a template; empty in a notice,
   * which is a text without one.
   */
  code: string;
  /** BCP 47 tag of the language the text is in, e.g. `pt`. */
  locale: string;
  /**
   * Seconds the code still works, or the notice is still news: later than that the text is of no
   * use.
   */
  ttl: number;
  /** Our own name for this message: `[A-Za-z0-9_-]{22}`. A receipt brings it back. */
  reference: string;
  /** Where the gateway may report what became of the message; it carries `reference`. */
  callbackUrl?: string;
  /**
   * Where it may ask what a call is to say, of senders that have a `script`; it carries
   * `reference`, and no code.
   */
  scriptUrl?: string;
}

/**
 * `refused`: this number will never get it; `throttled` and `unavailable`: surely nothing was sent;
 * `unknown`: it may have been. `reference` is the gateway's own id, `segments` what it counts as
 * messages; `retryAfter` is in seconds.
 */
export type SendResult =
  | { outcome: 'sent'; reference?: string; segments?: number }
  | { outcome: 'refused'; reason: RefusalReason }
  | { outcome: 'throttled'; retryAfter?: number }
  | { outcome: 'unavailable' }
  | { outcome: 'unknown' };

/** Outcomes after which the next one may be asked. */
export const NOTHING_SENT: ReadonlySet<SendResult['outcome']> = new Set([
  'unavailable',
  'throttled',
]);

/**
 * Who carries a text to a phone. Never throws for what the network does; answers within 5 seconds.
 */
export abstract class SmsSender {
  /** As settings name it, e.g. `twilio`. */
  abstract readonly name: string;
  abstract readonly channels: readonly Channel[];
  /** Whether it brings our own words; else it brings codes only. */
  readonly carriesText: boolean = true;
  abstract send(message: Message): Promise<SendResult>;
  /**
   * The receipts in a callback; null when it is not signed by the gateway. A sender without
   * receipts has no such method.
   */
  receipts?(request: ReceiptRequest): Receipt[] | null | Promise<Receipt[] | null>;
  /**
   * The receipts in what a gateway posts about any of its messages, to one address for the whole
   * account; null when the gateway has not signed it, undefined when there is no such address.
   * Throws `provider_unavailable` when it cannot be judged now.
   */
  accountReceipts?(request: ReceiptRequest): Promise<Receipt[] | null | undefined>;
  /** Whether it is the gateway that asks what a call is to say. */
  isAsking?(request: ReceiptRequest): boolean;
  /**
   * What a call says, in the gateway's own words: for gateways that ask when the call is answered.
   */
  script?(spoken: Pick<Message, 'text' | 'code' | 'locale'>): string;
  /**
   * The code of a message was typed in, for gateways that want to know; `id` is the gateway's own.
   * Never throws.
   */
  confirmed?(id: string): Promise<void>;
  /** Asks the gateway whether it would serve us: credentials, account, clock. */
  probe?(): Promise<Probe>;
}

/**
 * Carries nothing: with it, codes made here can be checked after the last of their senders has gone
 * from the settings.
 */
export class NoSender extends SmsSender {
  readonly name = 'none';
  readonly channels = [] as const;
  override readonly carriesText = false;

  send(): Promise<SendResult> {
    return Promise.resolve({ outcome: 'unavailable' });
  }
}

import type { Channel } from '../../phone-verification/challenge.entity.js';
import type { Receipt, ReceiptRequest } from '../receipts/receipt.js';
import type {
  Probe,
  RefusalReason,
} from '../../phone-verification/providers/verification-provider.js';

export type { Probe, Receipt, ReceiptRequest };

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
  receipts?(request: ReceiptRequest): Receipt[] | null;
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
  /** Loads what is heavy before it is needed. */
  warm?(): Promise<void>;
  /** Asks the gateway whether it would serve us: credentials, account, clock. */
  probe?(): Promise<Probe>;
}

import type { Channel } from '../challenge.entity.js';
import type { RefusalReason } from '../verification-provider.js';

/** A text on its way to one phone. */
export interface Message {
  /** E.164. */
  to: string;
  channel: Channel;
  text: string;
  /** The code inside the text, for senders that speak it or fill a template. */
  code: string;
}

export type SendResult =
  | { outcome: 'sent'; reference?: string }
  | { outcome: 'refused'; reason: RefusalReason }
  | { outcome: 'throttled'; retryAfter?: number }
  | { outcome: 'unavailable' }
  | { outcome: 'unknown' };

/** Who carries a text to a phone. Never throws for what the network does; answers within 5 seconds. */
export abstract class SmsSender {
  abstract send(message: Message): Promise<SendResult>;
}

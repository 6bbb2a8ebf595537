import { CHANNELS } from '../../../common/channel.js';
import type { Clock } from '../../../common/clock.js';
import { SmsSender, type Message, type SendResult } from '../sms-sender.js';

export interface InboxMessage extends Message {
  sentAt: Date;
}

const KEPT = 200;

/**
 * Keeps the last messages in memory instead of sending them; shown at `/dev/inbox`. Never in
 * production.
 */
export class InboxSender extends SmsSender {
  readonly name = 'inbox';
  readonly channels = CHANNELS;
  private readonly kept: InboxMessage[] = [];

  constructor(private readonly clock: Clock) {
    super();
  }

  send(message: Message): Promise<SendResult> {
    this.kept.unshift({ ...message, sentAt: this.clock.now() });
    this.kept.length = Math.min(this.kept.length, KEPT);
    return Promise.resolve({ outcome: 'sent' });
  }

  /** Newest first; `to` limits them to one number. */
  messages(to?: string): readonly InboxMessage[] {
    return to === undefined ? this.kept : this.kept.filter((message) => message.to === to);
  }
}

import { Injectable } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { LOCAL_CLIENT } from '../common/net/client-info.js';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Budgets, type Refusal } from '../rate-limit/budgets.js';
import { LimitDecisions } from '../messaging/limits/limit-decisions.js';
import { attemptPause, NoticeClaims } from './notice-claims.js';
import type { Notice } from './notice.js';
import { noticeMessage } from './notice-text.js';
import { NOTHING_SENT, type SendResult } from '../messaging/vendors/sms-sender.js';
import { newMessage, SentMessagesRepository } from '../messaging/sent-messages.repository.js';
import { Senders, type Carrier } from '../messaging/senders.js';

interface Sent {
  result: SendResult;
  provider: Carrier;
}

/** All are ill: nobody was asked. */
const LEFT_ALONE: SendResult = { outcome: 'unavailable' };

/**
 * Gets a notice to its phone: budgets first, then a sender that carries texts, then the books.
 * Nobody is asked twice.
 */
@Injectable()
export class NoticeDelivery {
  constructor(
    private readonly messages: SentMessagesRepository,
    private readonly senders: Senders,
    private readonly claims: NoticeClaims,
    private readonly budgets: Budgets,
    private readonly decisions: LimitDecisions,
    private readonly unit: UnitOfWork,
    private readonly events: AccountEvents,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * What becomes of it is told by events: `notice.sent`, `notice.not-sent`, `limit.reached`. Throws
   * `busy`.
   */
  async deliver(notice: Notice): Promise<void> {
    const candidates = this.senders.textersFor(notice.phoneNumber);
    const [first] = candidates;
    if (!first) return this.noteUnsent(notice, { outcome: 'no_sender' });
    const message = newMessage(
      { ...notice, channel: 'sms', kind: 'notice' },
      first.name,
      this.clock.now(),
    );
    const claims = this.claims.of(notice);
    const { refusal, recorded, refusals } = await this.budgets.take(
      claims,
      async (manager, taken) => {
        if (!taken.refusal) await manager.withRepository(this.messages).open(message);
      },
    );
    await this.decisions.note(refusals, 'notice');
    if (recorded) this.emit('limit.reached', notice, { limit: recorded.limit, held: false });
    if (refusal) return this.refuse(notice, refusal);

    const sent = await this.handOver(notice, candidates, message.reference);
    const { result, provider } = sent ?? { result: LEFT_ALONE, provider: first };
    const { outcome } = result;
    await this.unit.run((manager) =>
      manager
        .withRepository(this.messages)
        .noteAnswer(message.reference, { result, provider }, this.clock.now()),
    );
    if (outcome === 'sent')
      return this.emit('notice.sent', notice, {
        provider: provider.name,
        country: message.country,
      });
    this.noteUnsent(notice, { provider: provider.name, outcome });
    if (outcome !== 'unknown') await this.budgets.giveBack(claims);
  }

  // Of attempts within the pause the phone has been told.
  private refuse(notice: Notice, { limit }: Refusal): void {
    if (limit === attemptPause.name) return;
    this.emit('limit.reached', notice, { limit, held: true });
    this.noteUnsent(notice, { outcome: 'over_budget' });
  }

  /**
   * One after the other while it is certain that nothing was sent; null when all are left alone for
   * being ill.
   */
  private async handOver(
    notice: Notice,
    candidates: readonly Carrier[],
    reference: string,
  ): Promise<Sent | null> {
    let last: Sent | null = null;
    for (const provider of candidates) {
      const { publicUrl } = this.settings;
      const message = noticeMessage(notice, { ...provider, publicUrl, reference });
      const result = await provider.breaker.run(() => provider.sender.send(message));
      if (result === null) continue;
      last = { result, provider };
      if (!NOTHING_SENT.has(result.outcome)) break;
    }
    return last;
  }

  private noteUnsent(notice: Notice, details: Record<string, string>): void {
    this.emit('notice.not-sent', notice, details);
  }

  private emit(
    name: 'notice.sent' | 'notice.not-sent' | 'limit.reached',
    { userId, kind }: Notice,
    details: Record<string, string | boolean>,
  ): void {
    this.events.emit({ name, userId, client: LOCAL_CLIENT, details: { notice: kind, ...details } });
  }
}

import type { SendResult } from './vendors/sms-sender.js';
import { countryOf } from '../common/phone/phone-number.js';
import { newReference } from '../common/token.js';
import { In, LessThan, Repository } from 'typeorm';
import { deleteInSlices } from '../database/delete-in-slices.js';
import { insertRow } from '../database/insert-row.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { SentMessage } from './sent-message.entity.js';
import type { Receipt } from './receipts/receipt.js';

type Status = Receipt['status'];
/** What came of sending, and whose word that is. */
type Answer = { result: SendResult; provider: { name: string } };

/**
 * From which states each one may follow: receipts come late, twice and out of order, and what was
 * delivered stays delivered.
 */
const BEFORE: Readonly<Record<Status, readonly Status[]>> = {
  queued: [],
  unknown: ['queued'],
  sent: ['queued', 'unknown'],
  failed: ['queued', 'unknown', 'sent'],
  expired: ['queued', 'unknown', 'sent'],
  delivered: ['queued', 'unknown', 'sent', 'failed', 'expired'],
};

export type NewMessage = Omit<SentMessage, 'id'>;

/** The row of a message that is about to go out. */
export function newMessage(
  { userId, phoneNumber, channel, kind = 'otp' }: Of,
  provider: string,
  now: Date,
): NewMessage {
  return {
    reference: newReference(),
    userId,
    challengeId: null,
    kind,
    provider,
    channel,
    country: countryOf(phoneNumber) ?? '??',
    status: 'queued',
    reason: null,
    gatewayId: null,
    segments: null,
    createdAt: now,
    updatedAt: now,
    confirmedAt: null,
  };
}

type Of = Pick<SentMessage, 'userId' | 'channel'> &
  Partial<Pick<SentMessage, 'kind'>> & { phoneNumber: string };

/** Rows of messages. Nothing here changes a challenge. */
export class SentMessagesRepository extends Repository<SentMessage> {
  static deleteBefore(unit: UnitOfWork, date: Date): Promise<number> {
    return deleteInSlices(unit, SentMessage, 'id', { createdAt: LessThan(date) });
  }

  async open(message: NewMessage): Promise<void> {
    await insertRow(this, message);
  }

  /** Notes who is asked to carry a message now: only its receipts are believed from here on. */
  async noteCarrier(reference: string, provider: string): Promise<void> {
    await this.update({ reference }, { provider });
  }

  /** Notes a provider's answer; a receipt that was faster than it keeps the status. */
  async noteAnswer(reference: string, { result, provider }: Answer, now: Date): Promise<void> {
    const { outcome } = result;
    const status = outcome === 'sent' || outcome === 'unknown' ? outcome : 'failed';
    const reason = outcome === 'refused' ? result.reason : status === 'failed' ? outcome : null;
    const given = outcome === 'sent' ? result : null;
    const handed = {
      gatewayId: given?.reference?.slice(0, 64) ?? null,
      segments: given?.segments ?? null,
    };
    const unlessTold = (column: string) => () =>
      `CASE WHEN status = 'queued' THEN :${column} ELSE ${column} END`;
    // MySQL sets one column after the other: the status that is asked for goes last.
    await this.createQueryBuilder()
      .update({
        ...handed,
        provider: provider.name,
        updatedAt: now,
        reason: unlessTold('reason'),
        status: unlessTold('status'),
      })
      .where({ reference })
      .setParameters({ reason, status })
      .execute();
  }

  /** Notes a receipt of that provider's and gives its message; null when it says nothing new. */
  async noteReceipt(
    provider: string,
    { reference, status, reason }: Receipt,
    now: Date,
  ): Promise<SentMessage | null> {
    const { affected } = await this.update(
      { reference, provider, status: In([...BEFORE[status]]) },
      { status, reason: reason?.slice(0, 40) ?? null, updatedAt: now },
    );
    return affected === 1 ? this.findOneBy({ reference }) : null;
  }

  /** Its code was typed in. Gives the message; null when it is gone. */
  async noteConfirmed(reference: string, now: Date): Promise<SentMessage | null> {
    await this.update({ reference }, { confirmedAt: now });
    return this.findOneBy({ reference });
  }
}

import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { newMessage } from '../../src/messaging/sent-messages.repository.js';
import { SentMessage } from '../../src/messaging/sent-message.entity.js';
import type { TestApp } from '../support/start-app.js';

/**
 * A message as the books hold it: on its way to the United States by text, unless told otherwise.
 */
export function message(
  { clock }: TestApp,
  changes: Partial<SentMessage> = {},
): Omit<SentMessage, 'id'> {
  const to = { userId: 2 ** 30, phoneNumber: '+14155550100', channel: 'sms' } as const;
  return { ...newMessage(to, 'self:twilio', clock.now()), ...changes };
}

/** What becomes of a message, in the words of the report. */
export const FATES = {
  queued: { status: 'queued' },
  accepted: { status: 'sent', gatewayId: 'SM1' },
  unanswered: { status: 'unknown' },
  delivered: { status: 'delivered', gatewayId: 'SM2' },
  undeliverable: { status: 'failed', gatewayId: 'SM3', reason: '30003' },
  late: { status: 'expired', gatewayId: 'SM4' },
  refused: { status: 'failed', reason: 'invalid_number' },
} as const satisfies Record<string, Partial<SentMessage>>;

export async function store({ app }: TestApp, messages: Omit<SentMessage, 'id'>[]): Promise<void> {
  await app
    .get(UnitOfWork)
    .write((manager) =>
      manager
        .createQueryBuilder()
        .insert()
        .into(SentMessage)
        .values(messages)
        .updateEntity(false)
        .execute(),
    );
}

export async function forget({ db }: TestApp): Promise<void> {
  await db.query('DELETE FROM sent_messages');
}

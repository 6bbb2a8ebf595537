import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { SentMessage } from '../../src/messaging/sent-message.entity.js';
import type { TestApp } from './start-app.js';

/**
 * What the books say of a number: its newest challenge, and each message of that challenge's
 * account.
 */
export async function booksOf(
  { db }: TestApp,
  phoneNumber: string,
): Promise<{ challenge: Challenge; messages: SentMessage[] }> {
  const [challenge] = await db
    .getRepository(Challenge)
    .find({ where: { phoneNumber }, order: { id: 'DESC' }, take: 1 });
  if (!challenge) throw new Error('No challenge of this number.');
  const messages = await db
    .getRepository(SentMessage)
    .find({ where: { userId: challenge.userId }, order: { id: 'ASC' } });
  return { challenge, messages };
}

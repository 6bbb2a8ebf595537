import { In, IsNull, LessThan, MoreThan, Not, Repository } from 'typeorm';
import { deleteInSlices } from '../database/delete-in-slices.js';
import { insertRow } from '../database/insert-row.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import type { Purpose } from '../common/purpose.js';
import { Challenge } from './challenge.entity.js';
import { DOUBTFUL_REFUNDS } from '../common/limits/code-limits.js';

const live = (now: Date) => ({
  consumedAt: IsNull(),
  canceledAt: IsNull(),
  expiresAt: MoreThan(now),
});

/**
 * The guarded statements of a challenge: each is one UPDATE that says by itself whether it may
 * happen.
 */
export class ChallengesRepository extends Repository<Challenge> {
  static deleteExpired(unit: UnitOfWork, before: Date): Promise<number> {
    return deleteInSlices(unit, Challenge, 'id', { expiresAt: LessThan(before) });
  }

  open(challenge: Omit<Challenge, 'id'>): Promise<Challenge> {
    return insertRow(this, challenge);
  }

  /** The newest challenge of a session, whatever became of it. */
  latestOf(sessionId: number): Promise<Challenge | null> {
    return this.findOne({ where: { sessionId }, order: { id: 'DESC' } });
  }

  /** The challenges of a session before this one, newest first. */
  earlierOf({ id, sessionId }: Challenge): Promise<Challenge[]> {
    return this.find({ where: { sessionId, id: LessThan(id) }, order: { id: 'DESC' }, take: 5 });
  }

  /** A challenge whose code still works, tries or not. */
  findLive(id: number, now: Date): Promise<Challenge | null> {
    return this.findOneBy({ id, ...live(now) });
  }

  /**
   * Takes one try, before the code is compared (docs/rules.md 3). False when none is left or the
   * challenge is over.
   */
  async spendTry(id: number, now: Date): Promise<boolean> {
    const spendable = { id, attemptsLeft: MoreThan(0), ...live(now) };
    return (await this.decrement(spendable, 'attemptsLeft', 1)).affected === 1;
  }

  /** Gives back a try of which the code surely was not compared. */
  async giveBackTry(id: number): Promise<void> {
    await this.increment({ id }, 'attemptsLeft', 1);
  }

  /**
   * Gives back a try of which nobody knows; false once the challenge has had its share of those.
   */
  async giveBackDoubtfulTry(id: number): Promise<boolean> {
    const more = {
      attemptsLeft: () => 'attempts_left + 1',
      doubtfulRefunds: () => 'doubtful_refunds + 1',
    };
    return (
      (await this.update({ id, doubtfulRefunds: LessThan(DOUBTFUL_REFUNDS) }, more)).affected === 1
    );
  }

  /** Notes what became of a message; false once the challenge is over. */
  async noteSending(id: number, sending: Partial<Challenge>, now: Date): Promise<boolean> {
    return (await this.update({ id, ...live(now) }, sending)).affected === 1;
  }

  /** Whether an older one of its session and purpose lives. */
  hasSibling({ id, sessionId, purpose }: Challenge, now: Date): Promise<boolean> {
    return this.existsBy({ sessionId, purpose, id: LessThan(id), ...live(now) });
  }

  /** Takes a challenge back for which nothing was sent. */
  async withdraw({ id }: Challenge): Promise<void> {
    await this.delete({ id, sentAt: IsNull() });
  }

  /** Uses it up: of two racers with the right code, one. */
  async consume(id: number, now: Date): Promise<boolean> {
    return (await this.update({ id, ...live(now) }, { consumedAt: now })).affected === 1;
  }

  async cancel(
    which: { userId: number } | { sessionId: number } | { id: number },
    now: Date,
  ): Promise<void> {
    await this.update({ ...which, ...live(now) }, { canceledAt: now });
  }

  /** Moves a live challenge to another session of the same user; tries and code stay. */
  async rebind(from: number, to: number, userId: number, now: Date): Promise<boolean> {
    const { affected } = await this.update(
      { sessionId: from, userId, ...live(now) },
      { sessionId: to },
    );
    return (affected ?? 0) > 0;
  }

  /** Moves what is live of an account into one session. */
  async gather(userId: number, sessionId: number, now: Date): Promise<void> {
    await this.update({ userId, ...live(now) }, { sessionId });
  }

  /**
   * Whether somebody's own proof of this number (any purpose but a registration) is going on with
   * that holder of codes.
   */
  hasOwnersProof(phoneNumber: string, provider: string, now: Date): Promise<boolean> {
    const purpose = Not<Purpose>('register');
    return this.existsBy({ phoneNumber, provider, purpose, ...live(now) });
  }

  /**
   * Whether another proof of this number goes on with the same holder of codes: they have one code
   * between them.
   */
  sharesNumberWithAnother({ id, phoneNumber, provider }: Challenge, now: Date): Promise<boolean> {
    return this.existsBy({ id: Not(id), phoneNumber, provider, ...live(now) });
  }

  async deleteOf(userIds: number[]): Promise<void> {
    await this.delete({ userId: In(userIds) });
  }
}

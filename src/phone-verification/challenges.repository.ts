import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, MoreThan, Not, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { UNHURRIED, UnitOfWork } from '../database/unit-of-work.js';
import { Challenge } from './challenge.entity.js';
import { DOUBTFUL_REFUNDS } from './limits.js';

const live = (now: Date): FindOptionsWhere<Challenge> => ({
  consumedAt: IsNull(),
  canceledAt: IsNull(),
  expiresAt: MoreThan(now),
});

/** The guarded statements of a challenge: each is one UPDATE that says by itself whether it may happen. */
@Injectable()
export class ChallengesRepository {
  constructor(private readonly unit: UnitOfWork) {}

  async open(challenge: Omit<Challenge, 'id'>): Promise<Challenge> {
    const row = Object.assign(new Challenge(), challenge);
    await this.unit.write((manager) => manager.insert(Challenge, row));
    return row;
  }

  /** The newest challenge of a session, whatever became of it. */
  latestOf(sessionId: number): Promise<Challenge | null> {
    return this.unit.read((manager) => manager.findOne(Challenge, { where: { sessionId }, order: { id: 'DESC' } }));
  }

  findById(id: number): Promise<Challenge | null> {
    return this.unit.read((manager) => manager.findOneBy(Challenge, { id }));
  }

  /** Takes one try, before the code is compared (product rule 3). False when none is left or the challenge is over. */
  async spendAttempt(id: number, now: Date): Promise<boolean> {
    return this.change({ id, attemptsLeft: MoreThan(0), ...live(now) }, { attemptsLeft: () => 'attempts_left - 1' });
  }

  /** Gives back a try of which the code surely was not compared. */
  async giveBackAttempt(id: number): Promise<void> {
    await this.change({ id }, { attemptsLeft: () => 'attempts_left + 1' });
  }

  /** Gives back a try of which nobody knows; false once the challenge has had its share of those. */
  async giveBackDoubtfulAttempt(id: number): Promise<boolean> {
    const more = { attemptsLeft: () => 'attempts_left + 1', doubtfulRefunds: () => 'doubtful_refunds + 1' };
    return this.change({ id, doubtfulRefunds: LessThan(DOUBTFUL_REFUNDS) }, more);
  }

  /** Notes what became of a message, while the challenge lives. */
  async noteSending(id: number, sending: Partial<Challenge>, now: Date): Promise<boolean> {
    return this.change({ id, ...live(now) }, sending);
  }

  /** Takes a challenge back for which nothing was sent, if an older one of its session and purpose lives. */
  async withdrawTwin({ id, sessionId, purpose }: Challenge, now: Date): Promise<void> {
    const hasOlder = await this.unit.read((manager) =>
      manager.existsBy(Challenge, { sessionId, purpose, id: LessThan(id), ...live(now) }),
    );
    if (hasOlder) await this.unit.write((manager) => manager.delete(Challenge, { id, sentAt: IsNull() }));
  }

  /** Uses it up: of two racers with the right code, one. */
  async consume(manager: EntityManager, id: number, now: Date): Promise<boolean> {
    const { affected } = await manager.update(Challenge, { id, ...live(now) }, { consumedAt: now });
    return affected === 1;
  }

  async cancel(
    manager: EntityManager,
    which: { userId: number } | { sessionId: number } | { id: number },
    now: Date,
  ): Promise<void> {
    await manager.update(Challenge, { ...which, ...live(now) }, { canceledAt: now });
  }

  /** Moves a live challenge to another session of the same user; tries and code stay. */
  async rebind(manager: EntityManager, from: number, to: number, userId: number, now: Date): Promise<boolean> {
    const { affected } = await manager.update(Challenge, { sessionId: from, userId, ...live(now) }, { sessionId: to });
    return (affected ?? 0) > 0;
  }

  /** Whether somebody's own proof of this number (any purpose but a registration) is going on. */
  hasOwnersProof(phoneNumber: string, now: Date): Promise<boolean> {
    return this.unit.read((manager) => manager.existsBy(Challenge, { phoneNumber, purpose: Not('register'), ...live(now) }));
  }

  async deleteOf(manager: EntityManager, userIds: number[]): Promise<void> {
    await manager.delete(Challenge, { userId: In(userIds) });
  }

  async deleteExpired(before: Date): Promise<number> {
    const { affected } = await this.unit.write(
      (manager) => manager.delete(Challenge, { expiresAt: LessThan(before) }),
      UNHURRIED,
    );
    return affected ?? 0;
  }

  private async change(where: FindOptionsWhere<Challenge>, set: Parameters<EntityManager['update']>[2]): Promise<boolean> {
    const { affected } = await this.unit.write((manager) => manager.update(Challenge, where, set));
    return affected === 1;
  }
}

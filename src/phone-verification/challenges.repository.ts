import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, MoreThan, Not, type EntityManager } from 'typeorm';
import { deleteInSlices } from '../database/delete-in-slices.js';
import { insertRow, selectRows, updateRows, type Changes, type Where } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
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
@Injectable()
export class ChallengesRepository {
  constructor(private readonly unit: UnitOfWork) {}

  open(manager: EntityManager, challenge: Omit<Challenge, 'id'>): Promise<Challenge> {
    return insertRow(manager, Challenge, challenge);
  }

  /** The newest challenge of a session, whatever became of it. */
  async latestOf(sessionId: number): Promise<Challenge | null> {
    const found = await this.unit.read((manager) =>
      selectRows(manager, Challenge, { sessionId }, 'ORDER BY id DESC LIMIT 1'),
    );
    return found[0] ?? null;
  }

  /** The challenges of a session before this one, newest first. */
  earlierOf({ id, sessionId }: Challenge): Promise<Challenge[]> {
    const earlier = { sessionId, id: LessThan(id) };
    return this.unit.read((manager) =>
      selectRows(manager, Challenge, earlier, 'ORDER BY id DESC LIMIT 5'),
    );
  }

  async findById(id: number, unit?: EntityManager): Promise<Challenge | null> {
    const find = (manager: EntityManager) => selectRows(manager, Challenge, { id });
    return (await (unit ? find(unit) : this.unit.read(find)))[0] ?? null;
  }

  /** A challenge whose code still works, tries or not. */
  async findLive(id: number, now: Date): Promise<Challenge | null> {
    return (
      (
        await this.unit.read((manager) => selectRows(manager, Challenge, { id, ...live(now) }))
      )[0] ?? null
    );
  }

  /**
   * Takes one try, before the code is compared (docs/rules.md 3). False when none is left or the
   * challenge is over.
   */
  async spendAttempt(manager: EntityManager, id: number, now: Date): Promise<boolean> {
    const spent = { attemptsLeft: () => 'attempts_left - 1' };
    return (
      (await updateRows(
        manager,
        Challenge,
        { id, attemptsLeft: MoreThan(0), ...live(now) },
        spent,
      )) === 1
    );
  }

  /** Gives back a try of which the code surely was not compared. */
  async giveBackAttempt(id: number): Promise<void> {
    await this.change({ id }, { attemptsLeft: () => 'attempts_left + 1' });
  }

  /**
   * Gives back a try of which nobody knows; false once the challenge has had its share of those.
   */
  async giveBackDoubtfulAttempt(id: number): Promise<boolean> {
    const more = {
      attemptsLeft: () => 'attempts_left + 1',
      doubtfulRefunds: () => 'doubtful_refunds + 1',
    };
    return this.change({ id, doubtfulRefunds: LessThan(DOUBTFUL_REFUNDS) }, more);
  }

  /** Notes what became of a message; false once the challenge is over. */
  async noteSending(
    manager: EntityManager,
    id: number,
    sending: Partial<Challenge>,
    now: Date,
  ): Promise<boolean> {
    return (await updateRows(manager, Challenge, { id, ...live(now) }, sending)) === 1;
  }

  /**
   * Takes a challenge back for which nothing was sent, if an older one of its session and purpose
   * lives.
   */
  async withdrawTwin({ id, sessionId, purpose }: Challenge, now: Date): Promise<void> {
    const hasOlder = await this.unit.read((manager) =>
      manager.existsBy(Challenge, { sessionId, purpose, id: LessThan(id), ...live(now) }),
    );
    if (hasOlder)
      await this.unit.write((manager) => manager.delete(Challenge, { id, sentAt: IsNull() }));
  }

  /** Uses it up: of two racers with the right code, one. */
  async consume(manager: EntityManager, id: number, now: Date): Promise<boolean> {
    return (await updateRows(manager, Challenge, { id, ...live(now) }, { consumedAt: now })) === 1;
  }

  async cancel(
    manager: EntityManager,
    which: { userId: number } | { sessionId: number } | { id: number },
    now: Date,
  ): Promise<void> {
    await updateRows(manager, Challenge, { ...which, ...live(now) }, { canceledAt: now });
  }

  /** Moves a live challenge to another session of the same user; tries and code stay. */
  async rebind(
    manager: EntityManager,
    from: number,
    to: number,
    userId: number,
    now: Date,
  ): Promise<boolean> {
    return (
      (await updateRows(
        manager,
        Challenge,
        { sessionId: from, userId, ...live(now) },
        { sessionId: to },
      )) > 0
    );
  }

  /** Moves what is live of an account into one session. */
  async gather(
    manager: EntityManager,
    userId: number,
    sessionId: number,
    now: Date,
  ): Promise<void> {
    await updateRows(manager, Challenge, { userId, ...live(now) }, { sessionId });
  }

  /** The same by itself. */
  async gatherNow(userId: number, sessionId: number, now: Date): Promise<void> {
    await this.change({ userId, ...live(now) }, { sessionId });
  }

  /**
   * Whether somebody's own proof of this number (any purpose but a registration) is going on with
   * that holder of codes.
   */
  hasOwnersProof(phoneNumber: string, provider: string, now: Date): Promise<boolean> {
    const proof = { phoneNumber, provider, purpose: Not<Purpose>('register'), ...live(now) };
    return this.unit.read((manager) => manager.existsBy(Challenge, proof));
  }

  /**
   * Whether another proof of this number goes on with the same holder of codes: they have one code
   * between them.
   */
  hasCompany({ id, phoneNumber, provider }: Challenge, now: Date): Promise<boolean> {
    return this.unit.read((manager) =>
      manager.existsBy(Challenge, { id: Not(id), phoneNumber, provider, ...live(now) }),
    );
  }

  async deleteOf(manager: EntityManager, userIds: number[]): Promise<void> {
    await manager.delete(Challenge, { userId: In(userIds) });
  }

  deleteExpired(before: Date): Promise<number> {
    return deleteInSlices(this.unit, Challenge, 'id', { expiresAt: LessThan(before) });
  }

  private async change(where: Where<Challenge>, changes: Changes<Challenge>): Promise<boolean> {
    return (
      (await this.unit.write((manager) => updateRows(manager, Challenge, where, changes))) === 1
    );
  }
}

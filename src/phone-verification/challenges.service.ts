import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SendClaims } from '../messaging/limits/send-claims.js';
import { SentMessagesRepository } from '../messaging/sent-messages.repository.js';
import { Budgets } from '../rate-limit/budgets.js';
import { ChallengesRepository } from './challenges.repository.js';
import { accountClaims, networkSubjects } from './code-claims.js';
import {
  codeAccountsOfAddress,
  wrongCodes,
  wrongCodesDay,
  wrongCodesOfAddress,
} from './code-rules.js';

/** What counts an account's wrong codes. */
const OF_ACCOUNT = [wrongCodes, wrongCodesDay];

/** Looks after challenges and their counts: ends, moves, forgets and deletes them. */
@Injectable()
export class ChallengesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly challenges: ChallengesRepository,
    private readonly sends: SendClaims,
    private readonly budgets: Budgets,
    private readonly clock: Clock,
  ) {}

  /** Forgets an account's wrong codes, on whatever device, for an operator's unlock. */
  async unlock({ id, phoneNumber }: { id: number; phoneNumber: string }): Promise<void> {
    for (const purpose of ['login', 'register'] as const) {
      const { inARow, ofDay } = accountClaims({ userId: id, phoneNumber, purpose }, null, 'number');
      await this.budgets.clear([...inARow, ...ofDay]);
    }
    for (const rule of OF_ACCOUNT) await this.budgets.clearAll(rule, `${id}`);
  }

  /** Forgets wrong codes typed in one network, and what registrations there sent. */
  async unlockNetwork(address: string): Promise<void> {
    await this.budgets.clear(this.sends.ofNetwork(address));
    for (const subject of networkSubjects(address)) {
      await this.budgets.clear([
        { rule: wrongCodesOfAddress, subject },
        { rule: codeAccountsOfAddress, subject },
      ]);
      await this.budgets.clearAll(codeAccountsOfAddress, subject);
    }
  }

  /** Forgets wrong codes of accounts that are gone. */
  async forgetTries(userIds: readonly number[]): Promise<void> {
    if (userIds.length > 0)
      await this.budgets.clear(
        userIds.flatMap((subject) => OF_ACCOUNT.map((rule) => ({ rule, subject }))),
      );
  }

  /** Ends what is live of a user or a session. */
  cancel(manager: EntityManager, which: { userId: number } | { sessionId: number }): Promise<void> {
    return manager.withRepository(this.challenges).cancel(which, this.clock.now());
  }

  /** All that is live of the user comes along to another session; tries and codes stay. */
  gather(manager: EntityManager, userId: number, sessionId: number): Promise<void> {
    return manager.withRepository(this.challenges).gather(userId, sessionId, this.clock.now());
  }

  /** The same browser logs in again: its live challenge goes on in the new session. */
  rebind(manager: EntityManager, from: number, to: number, userId: number): Promise<boolean> {
    return manager.withRepository(this.challenges).rebind(from, to, userId, this.clock.now());
  }

  deleteOf(manager: EntityManager, userIds: number[]): Promise<void> {
    return manager.withRepository(this.challenges).deleteOf(userIds);
  }

  /** Expired challenges go a day later, so that staff can still see them. */
  deleteExpired(before: Date): Promise<number> {
    return ChallengesRepository.deleteExpired(this.unit, before);
  }

  /** What became of messages is kept for the statistics of the last month. */
  deleteMessages(before: Date): Promise<number> {
    return SentMessagesRepository.deleteBefore(this.unit, before);
  }
}

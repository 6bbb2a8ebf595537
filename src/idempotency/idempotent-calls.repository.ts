import { IsNull, LessThanOrEqual, Repository } from 'typeorm';
import { isDuplicate } from '../database/database-errors.js';
import { deleteInSlices } from '../database/delete-in-slices.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { IdempotentCall } from './idempotent-call.entity.js';

type Running = Pick<IdempotentCall, 'name' | 'run'>;

/** The rows of idempotent calls: each change is one guarded statement. */
export class IdempotentCallsRepository extends Repository<IdempotentCall> {
  /** Deletes what was over by then; gives how many there were. */
  static deleteExpired(unit: UnitOfWork, now: Date): Promise<number> {
    return deleteInSlices(unit, IdempotentCall, 'name', { expiresAt: LessThanOrEqual(now) });
  }

  /** False when the name is there already. */
  async claim(call: IdempotentCall): Promise<boolean> {
    try {
      await this.insert(call);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /**
   * Puts a new run in the place of one that is over; false when somebody else was faster, or the
   * answer came after all.
   */
  async replace({ name, run, answer }: IdempotentCall, next: IdempotentCall): Promise<boolean> {
    const over = { name, run, ...(answer === null && { answer: IsNull() }) };
    return (await this.update(over, next)).affected === 1;
  }

  async countMismatch({ name, run }: Running): Promise<void> {
    await this.increment({ name, run }, 'mismatches', 1);
  }

  async answer({ name, run }: Running, answer: string): Promise<void> {
    await this.update({ name, run }, { answer });
  }

  async giveUp({ name, run }: Running): Promise<void> {
    await this.delete({ name, run });
  }
}

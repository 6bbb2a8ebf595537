import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { isDuplicate } from '../database/database-errors.js';
import { deleteInSlices } from '../database/delete-in-slices.js';
import { deleteRows, insertRows, selectRows, updateRows } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { IdempotentCall } from './idempotent-call.entity.js';

/** The rows of idempotent calls: each change is one guarded statement. */
@Injectable()
export class IdempotentCallsRepository {
  constructor(private readonly unit: UnitOfWork) {}

  /** False when the name is there already. */
  async insert(call: IdempotentCall): Promise<boolean> {
    try {
      await this.unit.write((manager) => insertRows(manager, IdempotentCall, [call]));
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  async find(name: string): Promise<IdempotentCall | undefined> {
    const [call] = await this.unit.read((manager) => selectRows(manager, IdempotentCall, { name }));
    return call;
  }

  /**
   * Puts a new run in the place of one that is over; false when somebody else was faster, or the
   * answer came after all.
   */
  async replace({ name, run, answer }: IdempotentCall, next: IdempotentCall): Promise<boolean> {
    const guard = answer === null ? { name, run, answer } : { name, run };
    return (
      (await this.unit.write((manager) => updateRows(manager, IdempotentCall, guard, next))) === 1
    );
  }

  async countMismatch({ name, run }: IdempotentCall): Promise<void> {
    const changes = { mismatches: () => 'mismatches + 1' };
    await this.unit.write((manager) => updateRows(manager, IdempotentCall, { name, run }, changes));
  }

  async answer({ name, run }: Pick<IdempotentCall, 'name' | 'run'>, answer: string): Promise<void> {
    await this.unit.write((manager) =>
      updateRows(manager, IdempotentCall, { name, run }, { answer }),
    );
  }

  async delete({ name, run }: Pick<IdempotentCall, 'name' | 'run'>): Promise<void> {
    await this.unit.write((manager) => deleteRows(manager, IdempotentCall, { name, run }));
  }

  /** Deletes what was over by then; gives how many there were. */
  deleteExpired(now: Date): Promise<number> {
    return deleteInSlices(this.unit, IdempotentCall, 'name', { expiresAt: LessThanOrEqual(now) });
  }
}

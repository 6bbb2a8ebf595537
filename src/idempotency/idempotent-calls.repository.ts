import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, type EntityManager } from 'typeorm';
import { isDuplicate } from '../database/database-errors.js';
import { deleteRows, insertRows, selectRows, updateRows } from '../database/rows.js';
import { UNHURRIED, UnitOfWork } from '../database/unit-of-work.js';
import { IdempotentCall } from './idempotent-call.entity.js';

const SLICE = 500;

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

  /** Puts a new run in the place of one that is over; false when somebody else was faster, or the answer came after all. */
  async replace({ name, run, answer }: IdempotentCall, next: IdempotentCall): Promise<boolean> {
    const guard = answer === null ? { name, run, answer } : { name, run };
    return (await this.unit.write((manager) => updateRows(manager, IdempotentCall, guard, next))) === 1;
  }

  async countMismatch({ name, run }: IdempotentCall): Promise<void> {
    const changes = { mismatches: () => 'mismatches + 1' };
    await this.unit.write((manager) => updateRows(manager, IdempotentCall, { name, run }, changes));
  }

  async answer({ name, run }: Pick<IdempotentCall, 'name' | 'run'>, answer: string): Promise<void> {
    await this.unit.write((manager) => updateRows(manager, IdempotentCall, { name, run }, { answer }));
  }

  async delete({ name, run }: Pick<IdempotentCall, 'name' | 'run'>): Promise<void> {
    await this.unit.write((manager) => deleteRows(manager, IdempotentCall, { name, run }));
  }

  /** Deletes what was over by then, some at a time; gives how many there were. */
  async deleteExpired(now: Date): Promise<number> {
    let gone = 0;
    for (;;) {
      const removed = await this.unit.write((manager) => this.deleteSome(manager, now), UNHURRIED);
      gone += removed;
      if (removed < SLICE) return gone;
    }
  }

  private async deleteSome(manager: EntityManager, now: Date): Promise<number> {
    const isOver = { expiresAt: LessThanOrEqual(now) };
    const some = await selectRows(manager, IdempotentCall, isOver, `LIMIT ${SLICE}`);
    return some.length === 0 ? 0 : deleteRows(manager, IdempotentCall, { name: In(some.map(({ name }) => name)), ...isOver });
  }
}

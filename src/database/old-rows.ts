import { setImmediate as otherWork } from 'node:timers/promises';
import {
  In,
  MoreThan,
  type FindOptionsSelect,
  type FindOptionsWhere,
  type ObjectLiteral,
} from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { SLICE } from './delete-in-slices.js';
import { UNHURRIED, type UnitOfWork } from './unit-of-work.js';

/**
 * Ids looked at again: instances whose clocks differ number their rows in another order than they
 * date them.
 */
const OVERLAP = 1000;

/**
 * The old rows of a table whose ids grow with time, walked from the oldest on in small steps that
 * let other work through. It goes by ids alone, and remembers how far: a search by date would read
 * all newer rows, or all that were changed before, each time.
 */
export class OldRows<Row extends ObjectLiteral & { id: number }> {
  private doneUpTo = 0;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly entity: new () => Row,
    private readonly columns: FindOptionsSelect<Row>,
  ) {}

  /**
   * Changes those of the old rows that are still to be changed, and gives how many they were.
   * Throws like UnitOfWork.
   */
  async change(
    isOld: (row: Row) => boolean,
    isToDo: (row: Row) => boolean,
    changes: QueryDeepPartialEntity<Row>,
  ): Promise<number> {
    let from = Math.max(0, this.doneUpTo - OVERLAP);
    for (let changed = 0; ;) {
      const old = (await this.after(from)).filter(isOld);
      const last = old.at(-1);
      if (last === undefined) return changed;
      const ids = old.filter(isToDo).map(({ id }) => id);
      const which = { id: In(ids) } as FindOptionsWhere<Row>;
      if (ids.length > 0)
        await this.unit.write((manager) => manager.update(this.entity, which, changes), UNHURRIED);
      changed += ids.length;
      from = last.id;
      this.doneUpTo = Math.max(this.doneUpTo, last.id);
      await otherWork();
    }
  }

  private after(id: number): Promise<Row[]> {
    const where = { id: MoreThan(id) } as FindOptionsWhere<Row>;
    return this.unit.read((manager) =>
      manager.find(this.entity, {
        select: this.columns,
        where,
        order: { id: 'ASC' } as never,
        take: SLICE,
      }),
    );
  }
}

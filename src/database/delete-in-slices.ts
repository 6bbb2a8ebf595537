import { setImmediate as otherWork } from 'node:timers/promises';
import { In, type FindOptionsSelect, type FindOptionsWhere, type ObjectLiteral } from 'typeorm';
import { UNHURRIED, type UnitOfWork } from './unit-of-work.js';

/** Rows of one statement: a few milliseconds, in which an embedded database serves nobody. */
export const SLICE = 200;

/**
 * Deletes the rows that `which` finds, in small steps that let other work through. `key` is the
 * primary key. Returns how many rows that were. Throws like UnitOfWork; what was deleted until then
 * stays deleted.
 */
export async function deleteInSlices<Row extends ObjectLiteral>(
  unit: UnitOfWork,
  entity: new () => Row,
  key: keyof Row & string,
  which: FindOptionsWhere<Row>,
): Promise<number> {
  const select = { [key]: true } as FindOptionsSelect<Row>;
  for (let gone = 0; ;) {
    const rows = await unit.read((manager) =>
      manager.find(entity, { select, where: which, take: SLICE }),
    );
    if (rows.length === 0) return gone;
    // Asked again: a row may have been renewed meanwhile.
    const slice = { ...which, [key]: In(rows.map((row) => row[key])) };
    const { affected } = await unit.write((manager) => manager.delete(entity, slice), UNHURRIED);
    gone += affected ?? 0;
    if (!affected || rows.length < SLICE) return gone;
    await otherWork();
  }
}

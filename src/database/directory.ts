import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Slice } from '../common/slice.js';
import { columnsOf } from './columns-of.js';
import { cappedCount, slice, whereEqual } from './listing.js';
import type { UnitOfWork } from './unit-of-work.js';

export type Order = [column: string, direction: 'ASC' | 'DESC'];

/**
 * Rows of one entity for staff to look through: pages and capped counts, fast with a million rows.
 * Queries call a row `listed`.
 */
export abstract class Directory<
  Entity extends ObjectLiteral,
  Hidden extends keyof Entity & string,
  Wanted extends object,
> {
  private readonly columns: readonly string[];

  constructor(
    protected readonly unit: UnitOfWork,
    private readonly entity: new () => Entity,
    /** What a list has no use for, secrets first of all: it is not read. */
    hidden: readonly Hidden[],
  ) {
    this.columns = columnsOf(entity)
      .map(({ property }) => property)
      .filter((property) => !(hidden as readonly string[]).includes(property))
      .map((property) => `listed.${property}`);
  }

  page(wanted: Wanted, part: Slice): Promise<Omit<Entity, Hidden>[]> {
    return this.unit.read((manager) =>
      slice(this.query(manager, wanted).orderBy(...this.order(wanted, part)), part).getMany(),
    );
  }

  /** How many match, 1,000 at most. */
  count(wanted: Wanted): Promise<number> {
    return this.unit.read((manager) => cappedCount(this.query(manager, wanted)));
  }

  findMany(ids: readonly number[]): Promise<Omit<Entity, Hidden>[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.unit.read((manager) =>
      this.query(manager).andWhere('listed.id IN (:...ids)', { ids }).getMany(),
    );
  }

  /** Newest first. */
  protected order(_wanted: Wanted, _part: Slice): Order {
    return ['listed.id', 'DESC'];
  }

  /** Every value that is given, exactly. */
  protected where(query: SelectQueryBuilder<Entity>, wanted: Partial<Wanted>): void {
    whereEqual(query, 'listed', { ...wanted });
  }

  private query(manager: EntityManager, wanted: Partial<Wanted> = {}): SelectQueryBuilder<Entity> {
    const query = manager.createQueryBuilder(this.entity, 'listed').select([...this.columns]);
    this.where(query, wanted);
    return query;
  }
}

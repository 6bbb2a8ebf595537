import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Period, Slice } from '../common/slice.js';

/** Lists end here: nobody pages further, and counting further would read the whole table. */
const MOST_LISTED = 1000;
const MOST_ROWS = 100;

/** The first `MOST_LISTED` rows and no more, whatever a client asks for. */
export function slice<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  { limit, offset }: Slice,
): SelectQueryBuilder<T> {
  return query.limit(between(1, limit, MOST_ROWS)).offset(between(0, offset, MOST_LISTED));
}

/** How many rows match, at most `MOST_LISTED`: stops counting there. */
export async function cappedCount<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
): Promise<number> {
  const rows = query.clone().select('1', 'one').orderBy().limit(MOST_LISTED);
  const count = query.dataSource
    .createQueryBuilder()
    .select('COUNT(*)', 'total')
    .from(`(${rows.getQuery()})`, 'found');
  const found = await count
    .setParameters(rows.getParameters())
    .getRawOne<{ total: string | number }>();
  return Number(found?.total ?? 0);
}

/**
 * Adds equality for every value that is given. Columns are `alias.property`; parameters take the
 * property's name.
 */
export function whereEqual(
  query: SelectQueryBuilder<ObjectLiteral>,
  alias: string,
  values: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) query.andWhere(`${alias}.${name} = :${name}`, { [name]: value });
  }
}

export function whereWithin(
  query: SelectQueryBuilder<ObjectLiteral>,
  column: string,
  { from, to }: Period = {},
): void {
  const name = column.replace('.', '_');
  if (from) query.andWhere(`${column} >= :${name}_from`, { [`${name}_from`]: from });
  if (to) query.andWhere(`${column} < :${name}_to`, { [`${name}_to`]: to });
}

/**
 * All keys that begin with `prefix`, as a range of the index: LIKE would read every row, and take
 * `_` for any sign.
 */
export function whereBeginsWith(
  query: SelectQueryBuilder<ObjectLiteral>,
  column: string,
  prefix: string,
): void {
  const name = column.replace('.', '_');
  query.andWhere(`${column} >= :${name} AND ${column} < :${name}_end`, {
    [name]: prefix,
    [`${name}_end`]: `${prefix}\u{10ffff}`,
  });
}

const between = (least: number, value: number, most: number): number =>
  Number.isFinite(value) ? Math.min(Math.max(least, Math.trunc(value)), most) : least;

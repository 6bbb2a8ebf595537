import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';

/** Made-up values by a column's kind; what is a number or a word is the row's number. */
const MADE: Readonly<Record<string, (index: number, at: Date) => unknown>> = {
  boolean: () => false,
  datetime: (_, at) => at,
  'simple-json': () => [],
};

/**
 * Fills a table with rows that differ in all but their instants, which are `at`; what may be null
 * is, unless it is `given`.
 */
export async function fillTable<Row extends ObjectLiteral>(
  db: DataSource,
  entity: EntityTarget<Row>,
  { rows, at, given = {} }: { rows: number; at: Date; given?: Partial<Row> },
): Promise<void> {
  const columns = db.getMetadata(entity).columns.filter(({ isGenerated }) => !isGenerated);
  const row = (index: number) => ({
    ...Object.fromEntries(
      columns.map(({ propertyName, isNullable, type, length }) => {
        const made =
          MADE[String(type)]?.(index, at) ??
          (length === '' ? index : String(index).slice(0, Number(length)));
        return [propertyName, isNullable ? null : made];
      }),
    ),
    ...given,
  });
  for (let from = 1; from <= rows; from += 500) {
    const some = Array.from({ length: Math.min(500, rows - from + 1) }, (_, offset) =>
      row(from + offset),
    );
    await db.createQueryBuilder().insert().into(entity).values(some).updateEntity(false).execute();
  }
}

import type { ObjectLiteral, Repository } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';

/**
 * Inserts a whole row by one statement and gives it with its id. TypeORM's own `save` and `insert`
 * read the columns again that have a default.
 */
export async function insertRow<Row extends ObjectLiteral & { id: number }>(
  rows: Repository<Row>,
  row: Omit<Row, 'id'>,
): Promise<Row> {
  const result = await rows
    .createQueryBuilder()
    .insert()
    .values(row as unknown as QueryDeepPartialEntity<Row>)
    .updateEntity(false)
    .execute();
  const raw = result.raw as unknown;
  const { driver } = rows.metadata.dataSource;
  return Object.assign(rows.create(), row, driver.createGeneratedMap(rows.metadata, raw, 0, 1));
}

import type { EntityManager, FindOperator, ObjectLiteral } from 'typeorm';
import { PreparedStatements } from './embedded/prepared-statements.js';
import { conditions, tableOf, type Table } from './table.js';

// Statements of one table, written straight from its entity. They are for what every registration
// and log-in runs: TypeORM's query builder takes longer to write such a statement than the database
// to run it.

type Entity<T> = new () => T;

/**
 * What a row must be to be met; `null` asks for NULL. An undefined value throws, for a guard must
 * not fall away unseen.
 */
export type Where<T> = { readonly [K in keyof T]?: T[K] | FindOperator<T[K]> };

/** Values to set; a function gives an expression in SQL. */
export type Changes<T> = { readonly [K in keyof T]?: T[K] | (() => string) };

/** Inserts a whole row and gives it back with its id. */
export async function insertRow<T extends { id: number }>(
  manager: EntityManager,
  entity: Entity<T>,
  row: Omit<T, 'id'>,
): Promise<T> {
  const { sql, values } = insertion(tableOf(manager, entity), [row]);
  const { insertId: id } = await write(manager, sql, values);
  return Object.assign(new entity(), row, { id });
}

/** Inserts whole rows. */
export async function insertRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: Entity<T>,
  rows: readonly Partial<T>[],
): Promise<void> {
  const { sql, values } = insertion(tableOf(manager, entity), rows);
  await write(manager, sql, values);
}

/** Inserts rows, or overwrites those of the same primary key. */
export async function putRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: Entity<T>,
  rows: readonly T[],
): Promise<void> {
  const table = tableOf(manager, entity);
  const { sql, values } = insertion(table, rows);
  const given = (name: string) => (table.isMysql ? `VALUES(${name})` : `excluded.${name}`);
  const names = table.columns
    .map(({ databaseName }) => table.escape(databaseName))
    .filter((name) => !table.keys.includes(name));
  await write(
    manager,
    `${sql} ${onConflict(table)} ${names.map((name) => `${name} = ${given(name)}`).join(', ')}`,
    values,
  );
}

/** Inserts rows, or adds one to a number of those of the same primary key. */
export async function countRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: Entity<T>,
  rows: readonly T[],
  property: keyof T & string,
): Promise<void> {
  const table = tableOf(manager, entity);
  const { sql, values } = insertion(table, rows);
  const name = table.escape(table.column(property).databaseName);
  await write(manager, `${sql} ${onConflict(table)} ${name} = ${name} + 1`, values);
}

/** One guarded UPDATE; gives how many rows met the guard. */
export async function updateRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: Entity<T>,
  where: Where<T>,
  changes: Changes<T>,
): Promise<number> {
  const table = tableOf(manager, entity);
  const values: unknown[] = [];
  const set = Object.entries(changes).map(([property, value]: [string, unknown]) => {
    const column = table.column(property);
    const name = table.escape(column.databaseName);
    if (typeof value === 'function') return `${name} = ${(value as () => string)()}`;
    values.push(table.stored(column, value));
    return `${name} = ?`;
  });
  const { affected } = await write(
    manager,
    `UPDATE ${table.name} SET ${set.join(', ')} WHERE ${conditions(table, where, values)}`,
    values,
  );
  return affected;
}

/** Deletes what meets the guard; gives how many rows did. */
export async function deleteRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: Entity<T>,
  where: Where<T>,
): Promise<number> {
  const table = tableOf(manager, entity);
  const values: unknown[] = [];
  const { affected } = await write(
    manager,
    `DELETE FROM ${table.name} WHERE ${conditions(table, where, values)}`,
    values,
  );
  return affected;
}

/**
 * Rows that meet the guard; `tail` is SQL behind it with its values, e.g. `ORDER BY id DESC LIMIT
 * 1` or `FOR UPDATE`.
 */
export async function selectRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: Entity<T>,
  where: Where<T>,
  tail = '',
  tailValues: readonly unknown[] = [],
): Promise<T[]> {
  const table = tableOf(manager, entity);
  const values: unknown[] = [];
  const names = table.columns.map(({ databaseName }) => table.escape(databaseName)).join(', ');
  const sql = `SELECT ${names} FROM ${table.name} WHERE ${conditions(table, where, values)} ${tail}`;
  values.push(...tailValues);
  const embedded = PreparedStatements.of(manager.dataSource);
  const rows = embedded
    ? embedded.all(sql, values)
    : await manager.query<Record<string, unknown>[]>(sql, values);
  return rows.map((row) => table.read(entity, row));
}

const onConflict = ({ isMysql, keys }: Table): string =>
  isMysql ? 'ON DUPLICATE KEY UPDATE' : `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET`;

function insertion(table: Table, rows: readonly ObjectLiteral[]) {
  const columns = table.columns.filter(({ isGenerated }) => !isGenerated);
  const names = columns.map(({ databaseName }) => table.escape(databaseName));
  const row = `(${names.map(() => '?').join(', ')})`;
  const values = rows.flatMap((given) =>
    columns.map((column) => table.stored(column, given[column.propertyName])),
  );
  return {
    sql: `INSERT INTO ${table.name} (${names.join(', ')}) VALUES ${rows.map(() => row).join(', ')}`,
    values,
  };
}

async function write(
  manager: EntityManager,
  sql: string,
  values: unknown[],
): Promise<{ affected: number; insertId: number }> {
  if (!manager.queryRunner) throw new Error('Writes happen in a unit of work.');
  const embedded = PreparedStatements.of(manager.dataSource);
  if (embedded) return embedded.run(sql, values);
  const result = await manager.queryRunner.query(sql, values, true);
  return {
    affected: result.affected ?? 0,
    insertId: (result.raw as { insertId: number }).insertId,
  };
}

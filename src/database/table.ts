import { FindOperator, type EntityManager, type EntityMetadata, type ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

type Entity<T> = new () => T;

/** A table as its entity tells it: names, and values on their way in and out. */
export class Table {
  readonly name: string;
  readonly columns: readonly ColumnMetadata[];
  readonly keys: readonly string[];
  readonly isMysql: boolean;

  constructor(private readonly metadata: EntityMetadata) {
    this.columns = metadata.columns;
    this.isMysql = metadata.dataSource.options.type === 'mysql';
    this.name = this.escape(metadata.tableName);
    this.keys = metadata.primaryColumns.map(({ databaseName }) => this.escape(databaseName));
  }

  escape(name: string): string {
    return this.metadata.dataSource.driver.escape(name);
  }

  column(property: string): ColumnMetadata {
    const column = this.metadata.findColumnWithPropertyName(property);
    if (!column) throw new Error(`${this.name} has no ${property}.`);
    return column;
  }

  stored(column: ColumnMetadata, value: unknown): unknown {
    if (value === undefined)
      throw new Error(`${this.name} got no value for ${column.propertyName}.`);
    return value === null
      ? null
      : (this.metadata.dataSource.driver.preparePersistentValue(value, column) as unknown);
  }

  read<T extends ObjectLiteral>(entity: Entity<T>, row: Record<string, unknown>): T {
    const { driver } = this.metadata.dataSource;
    const values = this.columns.map((column): [string, unknown] => [
      column.propertyName,
      driver.prepareHydratedValue(row[column.databaseName], column),
    ]);
    return Object.assign(new entity(), Object.fromEntries(values));
  }
}

const tables = new WeakMap<EntityMetadata, Table>();

/** The table of an entity. */
export function tableOf<T>(manager: EntityManager, entity: Entity<T>): Table {
  const metadata = manager.dataSource.getMetadata(entity);
  const table = tables.get(metadata) ?? new Table(metadata);
  tables.set(metadata, table);
  return table;
}

const SIGNS: Readonly<Record<string, string>> = {
  lessThan: '<',
  lessThanOrEqual: '<=',
  moreThan: '>',
  moreThanOrEqual: '>=',
  not: '<>',
};

/** The SQL of a guard; its values are appended to `values`. */
export function conditions(table: Table, where: object, values: unknown[]): string {
  const parts = Object.entries(where).map(([property, wanted]: [string, unknown]) => {
    const column = table.column(property);
    const name = table.escape(column.databaseName);
    const bind = (value: unknown): string => (values.push(table.stored(column, value)), '?');
    if (wanted === null) return `${name} IS NULL`;
    if (!(wanted instanceof FindOperator)) return `${name} = ${bind(wanted)}`;
    const { type, value } = wanted as FindOperator<unknown>;
    if (type === 'isNull') return `${name} IS NULL`;
    if (wanted.child?.type === 'isNull') return `${name} IS NOT NULL`;
    if (type === 'in') return `${name} IN (${(value as unknown[]).map(bind).join(', ') || 'NULL'})`;
    const sign = SIGNS[type];
    if (sign === undefined) throw new Error(`No statement for ${type}.`);
    return `${name} ${sign} ${bind(value)}`;
  });
  if (parts.length === 0) throw new Error(`${table.name}: a statement without a guard.`);
  return parts.join(' AND ');
}

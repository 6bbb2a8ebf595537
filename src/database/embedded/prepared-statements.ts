import type { DataSource } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';

/** What is used of the embedded database's connection; libsql brings no types. */
export interface EmbeddedConnection {
  prepare: (sql: string) => EmbeddedStatement;
}

interface EmbeddedStatement {
  reader: boolean;
  raw: () => EmbeddedStatement;
  columns: () => { name: string }[];
  get: (parameters: readonly unknown[]) => unknown[] | undefined;
  all: (parameters: readonly unknown[]) => unknown[][];
  run: (parameters: readonly unknown[]) => { changes: number; lastInsertRowid: number };
}

interface Prepared {
  statement: EmbeddedStatement;
  names: string[];
  /**
   * A row with every column and no values: copies of it are filled four times as fast as rows that
   * grow column by column.
   */
  empty: Readonly<Record<string, unknown>>;
}

type Row = Record<string, unknown>;

/** Statements differ by how many rows they name, so that there may be many. */
const MOST = 500;
const ofConnection = new WeakMap<EmbeddedConnection, PreparedStatements>();

/**
 * Statements of the embedded database for what every request and registration asks, prepared once
 * each. libsql takes twice as long to build a row as an object of its own than as an array, and
 * TypeORM's way there as long again.
 */
export class PreparedStatements {
  private readonly prepared = new Map<string, Prepared>();

  constructor(private readonly connection: EmbeddedConnection) {}

  /** Those of an open data source; undefined where the database is not embedded. */
  static of(dataSource: DataSource): PreparedStatements | undefined {
    if (dataSource.options.type !== 'better-sqlite3') return undefined;
    const connection = (dataSource.driver as BetterSqlite3Driver).databaseConnection as
      EmbeddedConnection | undefined;
    if (connection === undefined) return undefined;
    const statements = ofConnection.get(connection) ?? new PreparedStatements(connection);
    ofConnection.set(connection, statements);
    return statements;
  }

  /** The first row, by column name. */
  first(sql: string, parameters: readonly unknown[]): Row | undefined {
    const prepared = this.prepare(sql);
    const values = prepared.statement.get(parameters);
    return values && rowOf(prepared, values);
  }

  /** All rows, by column name. */
  all(sql: string, parameters: readonly unknown[]): Row[] {
    const prepared = this.prepare(sql);
    return prepared.statement.all(parameters).map((values) => rowOf(prepared, values));
  }

  /**
   * A statement that gives no rows: how many it changed, and the id of the row it inserted last.
   */
  run(sql: string, parameters: readonly unknown[]): { affected: number; insertId: number } {
    const { changes, lastInsertRowid } = this.prepare(sql).statement.run(parameters);
    return { affected: changes, insertId: lastInsertRowid };
  }

  private prepare(sql: string): Prepared {
    let prepared = this.prepared.get(sql);
    if (prepared === undefined) {
      const statement = this.connection.prepare(sql);
      const names = statement.reader
        ? statement
            .raw()
            .columns()
            .map(({ name }) => name)
        : [];
      prepared = { statement, names, empty: Object.fromEntries(names.map((name) => [name, null])) };
      if (this.prepared.size >= MOST) this.prepared.clear();
      this.prepared.set(sql, prepared);
    }
    return prepared;
  }
}

function rowOf({ names, empty }: Prepared, values: readonly unknown[]): Row {
  const row = { ...empty };
  for (let at = 0; at < names.length; at += 1) row[names[at] as string] = values[at];
  return row;
}

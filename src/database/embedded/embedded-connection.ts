import type { DataSource } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';

/** What is used of the embedded database's connection; libsql brings no types. */
export interface EmbeddedConnection {
  prepare: (sql: string) => EmbeddedStatement;
}

export interface EmbeddedStatement {
  /** Rows as arrays from here on. */
  raw: () => EmbeddedStatement;
  columns: () => { name: string }[];
  get: (parameters: readonly unknown[]) => unknown[] | undefined;
  run: (parameters: readonly unknown[]) => unknown;
}

/** The one connection of an open embedded database. */
export const connectionOf = ({ driver }: DataSource): EmbeddedConnection =>
  (driver as BetterSqlite3Driver).databaseConnection as EmbeddedConnection;

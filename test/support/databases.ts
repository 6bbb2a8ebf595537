import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import path from 'node:path';
import { testFolder } from './folder.js';

export type DatabaseKind = 'SQLite' | 'MariaDB';

export interface TestDatabase {
  url: string;
  drop: () => Promise<void>;
}

/** The same suite on both databases; MariaDB is named as skipped where there is none. */
export function onBothDatabases(name: string, suite: (kind: DatabaseKind) => void): void {
  describe(`${name} (SQLite)`, () => suite('SQLite'));
  withMariaDb(`${name} (MariaDB)`, () => suite('MariaDB'));
}

/** What concerns MariaDB alone; named as skipped where there is none. */
export function withMariaDb(name: string, suite: () => void): void {
  (process.env['TEST_MYSQL_URL'] ? describe : describe.skip)(name, suite);
}

/** A database nobody else uses. */
export function freshDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  return kind === 'SQLite' ? Promise.resolve(freshSqlite()) : freshMariaDb();
}

function freshSqlite(): TestDatabase {
  return {
    url: `sqlite:${path.join(testFolder('sqlite'), 'test.sqlite')}`,
    drop: () => Promise.resolve(),
  };
}

async function freshMariaDb(): Promise<TestDatabase> {
  const server = process.env['TEST_MYSQL_URL'] ?? '';
  const name = `ringback_test_${randomBytes(6).toString('hex')}`;
  await statement(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => statement(server, `DROP DATABASE ${name}`) };
}

async function statement(url: string, sql: string): Promise<void> {
  const connection = await createConnection(url);
  await connection.query(sql);
  await connection.end();
}

import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadSettings } from '../../src/load-settings.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { bindNumbers } from '../../src/database/embedded/bound-numbers.js';
import { dataSourceOf } from '../../src/database/embedded/embedded-data-source.js';
import { runMigrations } from '../../src/database/run-migrations.js';
import { freshDatabase, type DatabaseKind, type TestDatabase } from './databases.js';

/**
 * A database that nobody else uses, with the tables as a start of the application finds them after
 * its first one. The first of a run is migrated, the others are copies of it: on MariaDB the
 * migrations take as long as all the rest of a start.
 */
export async function migratedDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  const database = await freshDatabase(kind);
  await (kind === 'SQLite' ? copySqlite : copyMariaDb)(database.url);
  return database;
}

async function copySqlite(url: string): Promise<void> {
  const kept = await keptCopy('migrated.sqlite', async (file) => migrate(`sqlite:${file}`));
  await copyFile(kept, url.replace('sqlite:', ''));
}

async function copyMariaDb(url: string): Promise<void> {
  const kept = await keptCopy('migrated.sql', async (file) => {
    const first = await freshDatabase('MariaDB');
    await migrate(first.url);
    writeFileSync(file, await onConnection(first.url, tablesOf));
    await first.drop();
  });
  await onConnection(url, (connection) => connection.query(readFileSync(kept, 'utf8')));
}

/** Made by whoever comes first; two who come at once make the same. */
async function keptCopy(name: string, make: (file: string) => Promise<void>): Promise<string> {
  const kept = path.join(process.env['TEST_FOLDER'] ?? tmpdir(), name);
  if (existsSync(kept)) return kept;
  const made = `${kept}-${randomUUID()}`;
  await make(made);
  renameSync(made, kept);
  return kept;
}

async function migrate(url: string): Promise<void> {
  const { database } = loadSettings({
    NODE_ENV: 'test',
    DATABASE_URL: url,
    SECRET_KEY: 'k'.repeat(32),
  });
  const options = dataSourceOptions(database, []);
  const dataSource = await bindNumbers(dataSourceOf(options)).initialize();
  await runMigrations(dataSource);
  await dataSource.destroy();
}

/** SQL that makes the same tables; rows are in none but that of the migrations. */
async function tablesOf(connection: Connection): Promise<string> {
  const [tables] = await connection.query<RowDataPacket[]>('SHOW TABLES');
  const statements = ['SET FOREIGN_KEY_CHECKS = 0'];
  for (const table of tables.map((row) => String(Object.values(row)[0]))) {
    const [[made]] = await connection.query<RowDataPacket[]>('SHOW CREATE TABLE ??', [table]);
    statements.push(String(made?.['Create Table']));
  }
  const [rows] = await connection.query<RowDataPacket[]>('SELECT * FROM migrations');
  for (const row of rows) statements.push(connection.format('INSERT INTO migrations SET ?', [row]));
  return statements.join(';\n');
}

async function onConnection<T>(url: string, work: (one: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection({ uri: url, multipleStatements: true });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

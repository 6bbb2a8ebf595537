import { createRequire } from 'node:module';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

interface Connection {
  prepare: (sql: string) => {
    run: (...values: string[]) => unknown;
    raw: () => { get: () => string[] | undefined };
  };
  close: () => void;
}
const Database = createRequire(import.meta.url)('libsql') as new (
  file: string,
  options: { timeout: number },
) => Connection;

/** Milliseconds: another process may hold the file for itself that long. */
const LONGEST_WAIT_MS = 3000;

/**
 * Copies an embedded database that may be in use into a new file, which its owner alone can read:
 * one state of it, checked, whole without a log beside it, and on the disk. It appears under its
 * name when it is done. Blocks this process meanwhile, and no other. Throws the driver's and the
 * system's errors; SQLITE_CORRUPT also when the copy does not pass SQLite's own check.
 */
export function copyDatabase(database: string, copy: string): void {
  const unfinished = `${copy}.${process.pid}.part`;
  // SQLite writes into an empty file, and would give a new one the mode that is usual here.
  closeSync(openSync(unfinished, 'wx', 0o600));
  try {
    within(database, (source) => source.prepare('VACUUM INTO ?').run(path.resolve(unfinished)));
    within(unfinished, assertWhole);
    sync(unfinished);
    renameSync(unfinished, copy);
    sync(path.dirname(path.resolve(copy)));
  } finally {
    for (const left of [unfinished, `${unfinished}-journal`]) rmSync(left, { force: true });
  }
}

function within(file: string, work: (connection: Connection) => void): void {
  // SQLite would make a database where there is none.
  statSync(file);
  const connection = new Database(file, { timeout: LONGEST_WAIT_MS });
  try {
    work(connection);
  } finally {
    connection.close();
  }
}

function assertWhole(connection: Connection): void {
  const [first] = connection.prepare('PRAGMA integrity_check(1)').raw().get() ?? [];
  if (first !== 'ok')
    throw Object.assign(new Error('The copy is damaged.'), { code: 'SQLITE_CORRUPT' });
}

function sync(place: string): void {
  const handle = openSync(place, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

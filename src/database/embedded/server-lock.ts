import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { Clock } from '../../common/clock.js';
import { SettingsError } from '../../config/settings-error.js';
import { isLocked } from '../database-errors.js';
import { EmbeddedFile } from './embedded-file.js';

interface Connection {
  exec: (sql: string) => void;
  prepare: (sql: string) => {
    run: (...values: unknown[]) => unknown;
    raw: () => { get: () => string[] | undefined };
  };
  close: () => void;
}
const Database = createRequire(import.meta.url)('libsql') as new (
  file: string,
  options: { timeout: number },
) => Connection;

/** Milliseconds: who asks for the name holds the file for a moment as well. */
const LONGEST_WAIT_MS = 200;

/**
 * Held by the one process that serves a database file, as SQLite's own lock on a file beside it:
 * the system gives it up with the process, however that ended.
 */
export class ServerLock {
  private connection: Connection | undefined;

  constructor(private readonly database: EmbeddedFile) {}

  /** Throws SettingsError that names the process which holds it. */
  take(): void {
    const lock = new EmbeddedFile(`${this.database.path}.lock`);
    lock.prepare();
    const connection = new Database(lock.path, { timeout: LONGEST_WAIT_MS });
    try {
      connection.exec(
        'BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS server (name TEXT); DELETE FROM server',
      );
      const name = `process ${process.pid} on ${hostname()}, since ${new Clock().now().toISOString()}`;
      connection.prepare('INSERT INTO server VALUES (?)').run(name);
      // The lock proper; of two that come in between, one gets it.
      connection.exec('COMMIT; BEGIN IMMEDIATE');
      this.connection = connection;
    } catch (error) {
      const refusal = isLocked(error) ? this.heldBy(connection) : error;
      connection.close();
      throw refusal;
    }
  }

  release(): void {
    this.connection?.exec('ROLLBACK');
    this.connection?.close();
    this.connection = undefined;
  }

  private heldBy(connection: Connection): SettingsError {
    const who = nameIn(connection) ?? 'another process';
    return new SettingsError([
      `DATABASE_URL: ${this.database.path} is served already, by ${who}; one process serves a file`,
    ]);
  }
}

// It may just be writing its name.
function nameIn(connection: Connection): string | undefined {
  try {
    return connection.prepare('SELECT name FROM server').raw().get()?.[0];
  } catch {
    return undefined;
  }
}

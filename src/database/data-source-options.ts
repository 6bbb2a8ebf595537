import { createRequire } from 'node:module';
import type { DataSourceOptions } from 'typeorm';
import { mysqlAddress } from '../config/database-url.js';
import type { DatabaseSettings } from '../config/settings.js';
import type { EmbeddedOptions } from './embedded/embedded-data-source.js';
import { EmbeddedFile } from './embedded/embedded-file.js';
import { migrations } from './migrations/index.js';
import { mysqlDriver } from './mysql/mysql-pool.js';

export type EntityClass = new () => object;

const require = createRequire(import.meta.url);

/**
 * A lock held elsewhere blocks the whole process that long (milliseconds), for libsql waits
 * synchronously; EmbeddedWrites goes on from there.
 */
const SQLITE_LOCK_WAIT = 50;

/** Seconds a statement of MySQL waits for a row that another transaction holds. */
const MYSQL_LOCK_WAIT = 3;

/**
 * Milliseconds. Firewalls and load balancers forget an idle connection after some minutes (AWS 350
 * s, Azure 240 s) without a word to either end: the line is kept in use, and let go first. With
 * fewer than all connections idle mysql2 looks every second.
 */
const IDLE = { maxIdle: 9, idleTimeout: 60_000, gracefulEnd: true, keepAliveInitialDelay: 10_000 };

/**
 * Never without: a server that offers no TLS, or whose certificate names another host, is not
 * talked to (ASVS 12.3.2).
 */
const TLS = { minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true };

/**
 * Pages of 4 kB at which SQLite itself moves the write-ahead log into the file, with the whole
 * process waiting for the disk. It comes to that only where nobody else did (embedded-writes.ts).
 */
const CHECKPOINT_PAGES = 20_000;

/** Statements differ by how many rows they name, so that there may be many. */
const STATEMENTS = 500;

/**
 * Bytes of the file that are read through memory: with a million users a look-up takes a tenth
 * longer otherwise.
 */
const MAPPED = 2 ** 30;

/**
 * TypeORM's options for either database; one migration set, never `synchronize`. `lockWait`
 * (seconds) is MySQL's. Throws SettingsError where there can be no database file.
 */
export function dataSourceOptions(
  database: DatabaseSettings,
  entities: EntityClass[],
  lockWait = MYSQL_LOCK_WAIT,
): DataSourceOptions | EmbeddedOptions {
  const common = {
    entities,
    migrations,
    synchronize: false,
    migrationsRun: false,
    logging: false,
  } as const;
  if (database.kind === 'mysql') {
    return {
      ...common,
      type: 'mysql',
      driver: mysqlDriver(lockWait),
      ...mysqlAddress(database.url),
      ...(database.tls ? { ssl: TLS } : {}),
      charset: 'utf8mb4_unicode_ci',
      timezone: 'Z',
      connectTimeout: 3000,
      extra: { connectionLimit: 10, queueLimit: 500, ...IDLE },
    };
  }
  new EmbeddedFile(database.file).prepare();
  return {
    ...common,
    type: 'better-sqlite3',
    driver: require('libsql') as unknown,
    database: database.file,
    sync: database.sync ?? 'full',
    enableWAL: true,
    timeout: SQLITE_LOCK_WAIT,
    statementCacheSize: STATEMENTS,
    prepareDatabase: (db: { exec: (sql: string) => void }) => {
      // A unit is answered only when the log has been synced beside it: write-ahead-log.ts.
      db.exec(`PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      db.exec(`PRAGMA foreign_keys = ON; PRAGMA mmap_size = ${MAPPED}`);
    },
  };
}

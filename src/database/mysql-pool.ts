import { createRequire } from 'node:module';

/** What is used of mysql2: its pools tell of every connection before anything else is asked of it. */
interface Mysql {
  createPool: (options: object) => Pool;
}

interface Pool {
  on: (event: 'connection', listener: (connection: Connection) => void) => Pool;
}

interface Connection {
  query: (sql: string, done: (error: unknown) => void) => void;
}

const require = createRequire(import.meta.url);

/**
 * The driver for MySQL and MariaDB, whose connections wait `lockWait` seconds for a row that another transaction holds, and not
 * the 50 seconds of innodb_lock_wait_timeout's default. Loaded only here, so that an embedded database goes without it.
 */
export function mysqlDriver(lockWait: number): Mysql {
  const mysql = require('mysql2') as Mysql;
  return {
    ...mysql,
    createPool: (options) =>
      mysql.createPool(options).on('connection', (connection) => {
        // Queued ahead of the first statement. A connection lost here says so to that statement.
        connection.query(`SET SESSION innodb_lock_wait_timeout = ${lockWait}`, () => undefined);
      }),
  };
}

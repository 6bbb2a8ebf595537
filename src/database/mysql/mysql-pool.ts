import { createRequire } from 'node:module';
import { PooledConnections, type Pool } from './pooled-connections.js';

/** What is used of mysql2. */
interface Mysql {
  createPool: (options: object) => Pool;
}

const require = createRequire(import.meta.url);

/**
 * The driver for MySQL and MariaDB, whose pool hands out live connections only, and whose
 * connections wait `lockWait` seconds for a row that another transaction holds, and not the 50
 * seconds of innodb_lock_wait_timeout's default. Loaded only here, so that an embedded database
 * goes without it.
 */
export function mysqlDriver(lockWait: number): Mysql {
  const mysql = require('mysql2') as Mysql;
  return {
    ...mysql,
    createPool: (options) =>
      PooledConnections.guard(mysql.createPool(options)).on('connection', (connection) => {
        // Queued ahead of the first statement. A connection lost here says so to that statement.
        connection.query(`SET SESSION innodb_lock_wait_timeout = ${lockWait}`, () => undefined);
      }),
  };
}

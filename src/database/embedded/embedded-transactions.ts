import type { DataSource, EntityManager } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';

interface Statement {
  run: () => unknown;
}

interface Connection {
  prepare: (sql: string) => Statement;
}

/**
 * Transactions of the embedded database that take the write lock with their first statement. A
 * statement that meets a lock is left half-run by libsql, and until it is run again no transaction
 * on the connection can commit: so only this one may meet it.
 */
export class EmbeddedTransactions {
  private statements: Readonly<Record<'begin' | 'commit' | 'rollback', Statement>> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /**
   * All statements of `work`, or none. Throws SQLITE_BUSY while another process holds the lock;
   * nothing has been done then.
   */
  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const { begin, commit } = this.prepared();
    begin.run();
    try {
      const done = await work(this.dataSource.createQueryRunner().manager);
      commit.run();
      return done;
    } catch (error) {
      this.undo();
      throw error;
    }
  }

  // A full disk or a failed write may have undone everything already: there is nothing to roll back
  // then, and the first error is the one to tell.
  private undo(): void {
    try {
      this.prepared().rollback.run();
    } catch {
      return;
    }
  }

  private prepared() {
    if (this.statements) return this.statements;
    const connection = (this.dataSource.driver as BetterSqlite3Driver)
      .databaseConnection as Connection;
    const prepare = (sql: string) => connection.prepare(sql);
    return (this.statements = {
      begin: prepare('BEGIN IMMEDIATE'),
      commit: prepare('COMMIT'),
      rollback: prepare('ROLLBACK'),
    });
  }
}

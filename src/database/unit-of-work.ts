import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { seconds } from '../common/clock.js';
import { unavailable } from './database-errors.js';
import { EmbeddedWrites } from './embedded/embedded-writes.js';
import { TimedConnections } from './mysql/timed-connections.js';

/**
 * A request waits that long for MySQL, in milliseconds: a little longer than one statement for a
 * lock.
 */
const LONGEST_WAIT = seconds(4);
/** For housekeeping, which may touch many rows and keeps nobody waiting. */
export const UNHURRIED = seconds(60);

/**
 * The one way to write. On MySQL a unit is a transaction; on SQLite, where all requests share one
 * connection, every write, single statements included, waits in one queue, so that none falls into
 * another request's transaction and is undone with it. Inside: no hashing, no network, no timers.
 */
@Injectable()
export class UnitOfWork {
  /** Undefined on MySQL. */
  private readonly embedded: EmbeddedWrites | undefined;
  private readonly connections: TimedConnections;

  constructor(
    private readonly dataSource: DataSource,
    private readonly patience = LONGEST_WAIT,
  ) {
    if (dataSource.options.type === 'better-sqlite3')
      this.embedded = new EmbeddedWrites(dataSource);
    this.connections = new TimedConnections(dataSource);
  }

  /**
   * All statements of `work`, or none. Throws `busy` when the database stays locked, is gone or,
   * asked over a network, says nothing for `patience` milliseconds.
   */
  run<T>(work: (manager: EntityManager) => Promise<T>, patience = this.patience): Promise<T> {
    return answered(
      () => this.embedded?.run(work) ?? this.connections.run('transaction', work, patience),
    );
  }

  /** One guarded statement. Throws like `run`. */
  write<T>(
    statement: (manager: EntityManager) => Promise<T>,
    patience = this.patience,
  ): Promise<T> {
    const isUnhurried = patience === UNHURRIED;
    return answered(
      () =>
        this.embedded?.run(statement, isUnhurried) ??
        this.connections.run('statement', statement, patience),
    );
  }

  /** A read; throws `busy` when the database is gone or says nothing. */
  read<T>(query: (manager: EntityManager) => Promise<T>): Promise<T> {
    return answered(() =>
      this.embedded
        ? query(this.dataSource.manager)
        : this.connections.run('read', query, this.patience),
    );
  }

  /**
   * Throws `busy` when the file of the embedded database was deleted or replaced: what is written
   * is lost then.
   */
  assertInPlace(): Promise<void> {
    return answered(() => {
      this.embedded?.assertInPlace();
      return Promise.resolve();
    });
  }

  /**
   * What is to be done for the embedded database every so often; throws `busy` when its file was
   * deleted or replaced.
   */
  lookAfterFile(): Promise<void> {
    return answered(() => this.embedded?.lookAfterFile() ?? Promise.resolve());
  }
}

async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unavailable(error) ?? error;
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { codeOf, isLocked } from '../database-errors.js';
import { connectionOf, type EmbeddedStatement } from './embedded-connection.js';
import { EmbeddedDataSource } from './embedded-data-source.js';

interface Patience {
  /** How often a write that met a lock is tried again. */
  retries: number;
  /** Milliseconds between two tries, in which other requests are served. */
  pause: number;
}

const THREE_SECONDS: Patience = { retries: 30, pause: 25 };
/** Bytes the log may grow by before it is moved into the file. */
const LONGEST_LOG = 4 * 2 ** 20;

/**
 * Writes of the embedded database: one transaction after the other, in order of arrival, and each
 * answered when it is on the disk. Those that are committed while the disk is waited for share the
 * next wait.
 */
export class EmbeddedWrites {
  private last: Promise<void> = Promise.resolve();
  private statements:
    Readonly<Record<'begin' | 'commit' | 'rollback', EmbeddedStatement>> | undefined;
  /** A data source of tests has no file to look after. */
  private readonly database: EmbeddedDataSource | undefined;
  private isLocked = false;
  private moving: Promise<void> | undefined;
  private moveAt = LONGEST_LOG;

  constructor(
    private readonly dataSource: DataSource,
    private readonly patience = THREE_SECONDS,
  ) {
    if (dataSource instanceof EmbeddedDataSource && !dataSource.file.isInMemory)
      this.database = dataSource;
  }

  /**
   * All statements of `work`, or none; when it resolves they survive a power cut (unless
   * DATABASE_SYNC=normal). What is unhurried waits until a long log was moved: it would outgrow
   * what is moved beside it, and SQLite would move it with everybody waiting. Throws SQLITE_BUSY
   * while another process holds the lock; nothing has been done then.
   */
  async run<T>(work: (manager: EntityManager) => Promise<T>, isUnhurried = false): Promise<T> {
    const leave = await this.enter();
    let done: T;
    try {
      await this.begin();
      done = await work(this.dataSource.createQueryRunner().manager);
      this.prepared().commit.run([]);
    } catch (error) {
      this.undo();
      throw error;
    } finally {
      leave();
    }
    await this.database?.log.sync();
    const moving =
      this.database && this.database.log.size() > this.moveAt ? this.moveLog() : undefined;
    if (isUnhurried) await moving;
    return done;
  }

  /** Throws when the file is not in its place any more. */
  assertInPlace(): void {
    this.database?.file.assertInPlace();
  }

  /**
   * Moves the log into the file, so that the file is whole now and then. Throws when the file is
   * not in its place any more.
   */
  async lookAfterFile(): Promise<void> {
    this.assertInPlace();
    await this.moveLog();
  }

  // Resolves when all that came before has left.
  private async enter(): Promise<() => void> {
    const earlier = this.last;
    let leave = (): void => undefined;
    this.last = new Promise((resolve) => (leave = resolve));
    await earlier;
    return leave;
  }

  /**
   * Takes the write lock with the first statement: one that meets a lock is left half-run by
   * libsql, and until it is run again no transaction on the connection can commit, so only this one
   * may meet it. A file locked by another process is tried again for about 3 seconds; once that was
   * in vain, those behind try once each, until one gets through: else the last in the queue would
   * wait for all of them.
   */
  private async begin(): Promise<void> {
    for (let retry = 0; ; retry += 1) {
      try {
        this.prepared().begin.run([]);
        this.isLocked = false;
        return;
      } catch (error) {
        const isVain = this.isLocked || retry >= this.patience.retries;
        this.isLocked = isVain && isLocked(error);
        if (isVain || !isLocked(error)) throw error;
      }
      await pause(this.patience.pause);
    }
  }

  // A full disk or a failed write may have undone everything already: there is nothing to roll back
  // then, and the first error is the one to tell.
  private undo(): void {
    try {
      this.prepared().rollback.run([]);
    } catch {
      return;
    }
  }

  private prepared() {
    const connection = connectionOf(this.dataSource);
    return (this.statements ??= {
      begin: connection.prepare('BEGIN IMMEDIATE'),
      commit: connection.prepare('COMMIT'),
      rollback: connection.prepare('ROLLBACK'),
    });
  }

  private moveLog(): Promise<void> {
    return (this.moving ??= this.move().finally(() => (this.moving = undefined)));
  }

  // First what there is, while others write; then, while nobody does, the little that came
  // meanwhile, and the log begins anew.
  private async move(): Promise<void> {
    const { checkpoints, log } = this.database ?? {};
    if (!checkpoints || !log || log.size() === 0) return;
    try {
      await checkpoints.move();
      const leave = await this.enter();
      await checkpoints.move('TRUNCATE').catch(unlessRead).finally(leave);
    } catch (error) {
      unlessRead(error);
    } finally {
      this.moveAt = log.size() + LONGEST_LOG;
    }
  }
}

// A backup reads one state from beginning to end: the log is moved when it is done.
function unlessRead(error: unknown): void {
  if (!isLocked(error))
    new Logger('database').warn(
      `The log could not be moved into the database file: ${codeOf(error)}`,
    );
}

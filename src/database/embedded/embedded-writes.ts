import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { codeOf, isLocked } from '../database-errors.js';
import { EmbeddedDataSource } from './embedded-data-source.js';
import { EmbeddedTransactions } from './embedded-transactions.js';
import { WriteQueue } from './write-queue.js';

/** Bytes the log may grow by before it is moved into the file. */
const LONGEST_LOG = 4 * 2 ** 20;

/**
 * Writes of the embedded database: one transaction after the other, and each answered when it is on
 * the disk. Those that are committed while the disk is waited for share the next wait.
 */
export class EmbeddedWrites {
  private readonly queue = new WriteQueue();
  private readonly transactions: EmbeddedTransactions;
  /** A data source of tests has no file to look after. */
  private readonly database: EmbeddedDataSource | undefined;
  private moving: Promise<void> | undefined;
  private moveAt = LONGEST_LOG;

  constructor(dataSource: DataSource) {
    this.transactions = new EmbeddedTransactions(dataSource);
    if (dataSource instanceof EmbeddedDataSource && !dataSource.file.isInMemory)
      this.database = dataSource;
  }

  /**
   * All statements of `work`, or none; when it resolves they survive a power cut (unless
   * DATABASE_SYNC=normal). What is unhurried waits until a long log was moved: it would outgrow
   * what is moved beside it, and SQLite would move it with everybody waiting.
   */
  async run<T>(work: (manager: EntityManager) => Promise<T>, isUnhurried = false): Promise<T> {
    const done = await this.queue.run(() => this.transactions.run(work));
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
      await this.queue.run(() => checkpoints.move('TRUNCATE').catch(unlessRead));
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

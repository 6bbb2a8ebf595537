import { Logger } from '@nestjs/common';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { codeOf } from '../database-errors.js';
import { Checkpoints } from './checkpoints.js';
import { connectionOf } from './embedded-connection.js';
import { EmbeddedFile } from './embedded-file.js';
import { ServerLock } from './server-lock.js';
import { WriteAheadLog, type SyncMode } from './write-ahead-log.js';

export type EmbeddedOptions = Extract<DataSourceOptions, { type: 'better-sqlite3' }> & {
  readonly sync: SyncMode;
  /** The one process that serves the file, and not a command beside it. */
  readonly isServer?: boolean;
};

/** TypeORM's data source for either database. */
export const dataSourceOf = (options: DataSourceOptions): DataSource =>
  options.type === 'better-sqlite3'
    ? new EmbeddedDataSource(options as EmbeddedOptions)
    : new DataSource(options);

/**
 * The embedded database, open: its file, its write-ahead log, and what moves the one into the
 * other.
 */
export class EmbeddedDataSource extends DataSource {
  readonly file: EmbeddedFile;
  readonly checkpoints: Checkpoints;
  readonly log: WriteAheadLog;
  private readonly lock: ServerLock | undefined;

  constructor(options: EmbeddedOptions) {
    super(options);
    this.file = new EmbeddedFile(options.database);
    this.checkpoints = new Checkpoints(this.file);
    this.log = new WriteAheadLog(this.file, this.checkpoints, options.sync);
    if (options.isServer && !this.file.isInMemory) this.lock = new ServerLock(this.file);
  }

  /** Throws SettingsError when another process serves the file, else the driver's errors. */
  override async initialize(): Promise<this> {
    this.lock?.take();
    try {
      await super.initialize();
      // The log is there as soon as something was read.
      connectionOf(this).prepare('SELECT 1 FROM sqlite_master').get([]);
      this.file.remember();
    } catch (error) {
      this.lock?.release();
      throw error;
    }
    return this;
  }

  /** A database that was ended in order is one whole file. */
  override async destroy(): Promise<void> {
    await this.log.close();
    await this.checkpoints.stop();
    this.moveLog();
    await super.destroy();
    this.lock?.release();
  }

  // A command beside a server keeps off its log: emptying it would need that the server does not
  // write.
  private moveLog(): void {
    try {
      connectionOf(this)
        .prepare(`PRAGMA wal_checkpoint(${this.lock ? 'TRUNCATE' : 'PASSIVE'})`)
        .raw()
        .get([]);
    } catch (error) {
      const why = codeOf(error);
      new Logger('database').warn(
        `The -wal file could not be moved into the database file (${why}); keep it beside it.`,
      );
    }
  }
}

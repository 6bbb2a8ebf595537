import { Logger } from '@nestjs/common';
import { closeSync, openSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { keepPrivate, makeDatabaseFolder, refusedFile } from '../../config/keys/private-files.js';
import { SettingsError } from '../../config/settings-error.js';

const IN_MEMORY = ':memory:';

/** The file of the embedded database and those that SQLite keeps beside it. */
export class EmbeddedFile {
  private readonly logger = new Logger('database');
  private known: { path: string; identity: string } | undefined;
  private isMissed = false;

  constructor(private readonly named: string) {}

  get isInMemory(): boolean {
    return this.named === IN_MEMORY;
  }

  /** Where it really lies: SQLite follows links before it names what lies beside the file. */
  get path(): string {
    if (this.known) return this.known.path;
    return statSync(this.named, { throwIfNoEntry: false })
      ? realpathSync(this.named)
      : path.resolve(this.named);
  }

  /** The write-ahead log. */
  get log(): string {
    return `${this.path}-wal`;
  }

  /**
   * Makes the file where there is none, and sees to it that its owner alone can read it and those
   * beside it: SQLite gives new ones the mode of the first. Throws SettingsError for what is or can
   * be no file.
   */
  prepare(): void {
    if (this.isInMemory) return;
    makeDatabaseFolder(path.dirname(this.named));
    this.refuseOtherKinds();
    this.refuseLogAlone();
    this.make();
    const open = [this.path, this.log, `${this.path}-shm`].filter((file) => !keepPrivate(file));
    if (open.length > 0)
      this.logger.warn(
        `Others may read ${open.join(', ')}: the system does not let us change that.`,
      );
  }

  /**
   * From now on these files are the ones: they are open, and what is written to others in their
   * place is lost.
   */
  remember(): void {
    if (!this.isInMemory) this.known = { path: this.path, identity: this.identity() };
  }

  /**
   * Throws SQLITE_READONLY_DBMOVED, and says so in the log once, when a file was deleted or
   * replaced while it is open.
   */
  assertInPlace(): void {
    const isMissed = this.known !== undefined && this.known.identity !== this.identity();
    if (isMissed && !this.isMissed)
      this.logger.error(
        `${this.named} or its -wal was deleted or replaced while it is open: nothing is written any more.`,
      );
    if (!isMissed && this.isMissed) this.logger.warn(`${this.named} is back.`);
    this.isMissed = isMissed;
    if (isMissed)
      throw Object.assign(new Error('The database file was moved.'), {
        code: 'SQLITE_READONLY_DBMOVED',
      });
  }

  private identity(): string {
    const [file, log] = [this.named, this.log].map((name) =>
      statSync(name, { throwIfNoEntry: false }),
    );
    return [file?.dev, file?.ino, log?.ino].join();
  }

  // A device or a pipe would swallow what is written, or never answer.
  private refuseOtherKinds(): void {
    const found = statSync(this.named, { throwIfNoEntry: false });
    if (found?.isDirectory())
      throw new SettingsError([`DATABASE_URL: ${this.named} is a folder; name a file in it`]);
    if (found && !found.isFile())
      throw new SettingsError([`DATABASE_URL: ${this.named} is no file but a device or a pipe`]);
  }

  // SQLite would delete the log beside a file that it makes anew, and what stands in it.
  private refuseLogAlone(): void {
    if (
      statSync(this.named, { throwIfNoEntry: false }) ||
      !statSync(this.log, { throwIfNoEntry: false })?.size
    )
      return;
    throw new SettingsError([
      `DATABASE_URL: ${this.named} is missing, but its log ${this.log} is there; put the file back, or move the log away`,
    ]);
  }

  // Only where there is none: closing a file that is open as a database would let go of SQLite's
  // locks on it (POSIX).
  private make(): void {
    try {
      closeSync(openSync(this.named, 'wx', 0o600));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw refusedFile(error, this.named);
    }
  }
}

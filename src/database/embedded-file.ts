import { Logger } from '@nestjs/common';
import { closeSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import { keepPrivate, makeDatabaseFolder } from '../config/private-files.js';
import { SettingsError } from '../config/settings-error.js';

const IN_MEMORY = ':memory:';
/** What SQLite keeps beside the file, and what it names them by. */
const BESIDE = ['-wal', '-shm'];

/** The file of the embedded database and those that SQLite keeps beside it. */
export class EmbeddedFile {
  constructor(private readonly file: string) {}

  /**
   * Makes the file where there is none, and sees to it that its owner alone can read it and those beside it: SQLite gives new
   * ones the mode of the first. Throws SettingsError for what is or can be no file.
   */
  prepare(): void {
    if (this.file === IN_MEMORY) return;
    makeDatabaseFolder(path.dirname(this.file));
    this.refuseOtherKinds();
    this.make();
    const open = [this.file, ...BESIDE.map((end) => this.file + end)].filter((file) => !keepPrivate(file));
    if (open.length === 0) return;
    new Logger('database').warn(`Others may read ${open.join(', ')}: the system does not let us change that.`);
  }

  // A device or a pipe would swallow what is written, or never answer.
  private refuseOtherKinds(): void {
    const found = statSync(this.file, { throwIfNoEntry: false });
    if (found?.isDirectory()) throw new SettingsError([`DATABASE_URL: ${this.file} is a folder; name a file in it`]);
    if (found && !found.isFile()) throw new SettingsError([`DATABASE_URL: ${this.file} is no file but a device or a pipe`]);
  }

  // Only where there is none: closing a file that is open as a database would let go of SQLite's locks on it (POSIX).
  private make(): void {
    try {
      closeSync(openSync(this.file, 'wx', 0o600));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

import { execFileSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testFolder } from './folder.js';

interface Handle {
  datasync: () => Promise<void>;
}

/**
 * What a power cut would leave of an embedded database: a copy made when a sync began counts once
 * that sync has ended. It watches every sync of this process by a file handle.
 */
export class Disk {
  /** Folder of the copy that is on the disk; undefined while nothing was synced. */
  kept: string | undefined;
  syncs = 0;
  /** In place of the next syncs, one each. */
  readonly faults: (() => Promise<void>)[] = [];

  private constructor(
    private readonly file: string,
    private readonly prototype: Handle,
    private readonly real: Handle['datasync'],
  ) {}

  /** Until `unplug`. */
  static async watch(file: string): Promise<Disk> {
    const handle = await open(tmpdir());
    const prototype = Object.getPrototypeOf(handle) as Handle;
    await handle.close();
    const disk = new Disk(file, prototype, prototype.datasync);
    prototype.datasync = async function (this: Handle) {
      await disk.sync(this);
    };
    return disk;
  }

  unplug(): void {
    this.prototype.datasync = this.real;
  }

  private async sync(handle: Handle): Promise<void> {
    this.syncs += 1;
    const fault = this.faults.shift();
    if (fault) return fault();
    const folder = testFolder('disk');
    // Not by this process: closing the file would let go of SQLite's locks.
    execFileSync('cp', [this.file, `${this.file}-wal`, folder]);
    await this.real.call(handle);
    this.kept = path.join(folder, path.basename(this.file));
  }
}

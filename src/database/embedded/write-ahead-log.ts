import { open, type FileHandle } from 'node:fs/promises';
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Checkpoints } from './checkpoints.js';
import type { EmbeddedFile } from './embedded-file.js';

/** Whether a write is answered when it is on the disk, or when the system has it. */
export type SyncMode = 'full' | 'normal';

/**
 * The write-ahead log of the embedded database. SQLite would put it on the disk with each commit,
 * holding the whole process meanwhile; so it commits without (synchronous = NORMAL), and this does
 * it before a unit is answered: on Node's thread pool, once for all units that were committed
 * before it began (docs/decisions/0013).
 */
export class WriteAheadLog {
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;
  private handle: FileHandle | undefined;
  /**
   * A sync failed: the system may have dropped what it could not write, and a later sync that
   * succeeds proves nothing.
   */
  private isInDoubt = false;

  constructor(
    private readonly file: EmbeddedFile,
    private readonly checkpoints: Checkpoints,
    private readonly mode: SyncMode,
  ) {}

  /**
   * Resolves when all that was committed before the call survives a power cut; with `normal` at
   * once. Throws a driver's error when it does not, or when the file is gone.
   */
  sync(): Promise<void> {
    return (this.next ??= this.after(this.running));
  }

  /** Bytes it holds; 0 after a checkpoint that was followed by no write. */
  size(): number {
    return statSync(this.file.log, { throwIfNoEntry: false })?.size ?? 0;
  }

  async close(): Promise<void> {
    await (this.next ?? this.running).catch(() => undefined);
    await this.handle?.close();
    this.handle = undefined;
  }

  private async after(earlier: Promise<void>): Promise<void> {
    await earlier.catch(() => undefined);
    if (this.next) this.running = this.next;
    this.next = undefined;
    this.file.assertInPlace();
    if (this.mode === 'full') await this.flush();
    if (this.mode === 'full') this.file.assertInPlace();
  }

  private async flush(): Promise<void> {
    try {
      this.handle ??= await this.open();
      // What was moved into the database file has been written anew, and synced there.
      if (this.isInDoubt) await this.checkpoints.move();
      await this.handle.datasync();
      this.isInDoubt = false;
    } catch (error) {
      this.isInDoubt = true;
      throw Object.assign(new Error('The log could not be synced.', { cause: error }), {
        code: 'SQLITE_IOERR_FSYNC',
      });
    }
  }

  // A file that was made just now is found after a power cut only if its folder was synced too.
  private async open(): Promise<FileHandle> {
    const handle = await open(this.file.log, 'r+');
    for (const folder of [path.dirname(this.file.path), path.dirname(path.dirname(this.file.path))])
      await syncFolder(folder);
    return handle;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

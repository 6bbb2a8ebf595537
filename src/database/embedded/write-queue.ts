import { setTimeout as pause } from 'node:timers/promises';
import { isLocked } from '../database-errors.js';

interface Patience {
  /** How often a write that met a lock is tried again. */
  retries: number;
  /** Milliseconds between two tries, in which other requests are served. */
  pause: number;
}

const THREE_SECONDS: Patience = { retries: 30, pause: 25 };

/**
 * One write at a time, in order of arrival. A file locked by another process is tried again for
 * about 3 seconds; once that was in vain, those behind try once each, until one gets through: else
 * the last in the queue would wait for all of them.
 */
export class WriteQueue {
  private last: Promise<unknown> = Promise.resolve();
  private isLocked = false;

  constructor(private readonly patience: Patience = THREE_SECONDS) {}

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(() => this.untilUnlocked(work));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async untilUnlocked<T>(work: () => Promise<T>): Promise<T> {
    for (let retry = 0; ; retry += 1) {
      const turn = await this.attempt(work);
      if ('done' in turn) return turn.done;
      if (this.isLocked || retry >= this.patience.retries) {
        this.isLocked = true;
        throw turn.locked;
      }
      await pause(this.patience.pause);
    }
  }

  private async attempt<T>(work: () => Promise<T>): Promise<{ done: T } | { locked: Error }> {
    try {
      const done = await work();
      this.isLocked = false;
      return { done };
    } catch (error) {
      if (isLocked(error)) return { locked: error as Error };
      this.isLocked = false;
      throw error;
    }
  }
}

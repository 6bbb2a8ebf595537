import { setTimeout as pause } from 'node:timers/promises';
import { isLocked } from './database-errors.js';

const RETRY_EVERY = 25;
const RETRIES = 30;

/** One write at a time, in order of arrival; a file locked by another process is tried again for about 3 seconds. */
export class WriteQueue {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(() => untilUnlocked(work));
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

async function untilUnlocked<T>(work: () => Promise<T>): Promise<T> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isLocked(error) || retry >= RETRIES) throw error;
      await pause(RETRY_EVERY);
    }
  }
}

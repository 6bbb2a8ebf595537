import { setTimeout as pause } from 'node:timers/promises';

type Job = () => Promise<void>;

/** Jobs at once: few, as requests want the database as well. */
const NOTICES_AT_ONCE = 4;
const MOST_WAITING = 1000;

/** Does work that no request waits for: some at once, in the order it came, the rest refused. */
export class NoticeQueue {
  private readonly waiting: Job[] = [];
  private readonly running = new Set<Promise<void>>();

  /** `failed` takes what a job throws. */
  constructor(private readonly failed: (error: unknown) => void) {}

  /** False when too many wait. */
  add(job: Job): boolean {
    if (this.waiting.length >= MOST_WAITING) return false;
    this.waiting.push(job);
    this.fill();
    return true;
  }

  /**
   * Resolves when all is done, or after `patience` milliseconds: what waits then is dropped. Gives
   * how many those are.
   */
  async settle(patience: number): Promise<number> {
    const giveUp = new AbortController();
    const late = pause(patience, undefined, { signal: giveUp.signal }).catch(() => undefined);
    await Promise.race([this.done(), late]);
    giveUp.abort();
    return this.waiting.splice(0).length;
  }

  private async done(): Promise<void> {
    while (this.running.size > 0) await Promise.race(this.running);
  }

  private fill(): void {
    while (this.running.size < NOTICES_AT_ONCE) {
      const job = this.waiting.shift();
      if (!job) return;
      const running: Promise<void> = this.run(job).finally(() => {
        this.running.delete(running);
        this.fill();
      });
      this.running.add(running);
    }
  }

  private async run(job: Job): Promise<void> {
    try {
      await job();
    } catch (error) {
      this.failed(error);
    }
  }
}

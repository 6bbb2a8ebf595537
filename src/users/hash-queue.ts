import { availableParallelism } from 'node:os';
import { AppError } from '../common/app-error.js';
import { seconds } from '../common/clock.js';

interface HashQueueLimits {
  /** Hashes at once; more than cores (or threads of the libuv pool) would only slow each other down. */
  running: number;
  /** How many may wait beside them. */
  waiting: number;
  /** How long one may wait, in milliseconds. */
  patience: number;
}

const DEFAULTS: HashQueueLimits = { running: Math.max(1, availableParallelism()), waiting: 64, patience: seconds(8) };

/** Runs a bounded number of slow hashes at once, lets the next ones wait in order, and refuses the rest. */
export class HashQueue {
  private readonly limits: HashQueueLimits;
  private readonly waiting = new Set<() => void>();
  private running = 0;

  constructor(limits: Partial<HashQueueLimits> = {}) {
    this.limits = { ...DEFAULTS, ...limits };
  }

  /** Runs `job` when its turn comes. Throws `busy` when the queue is full or the turn does not come in time. */
  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.running < this.limits.running) this.running += 1;
    else await this.turn();
    try {
      return await job();
    } finally {
      this.passOn();
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.size >= this.limits.waiting) throw this.busy();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(start);
        reject(this.busy());
      }, this.limits.patience).unref();
      const start = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.waiting.add(start);
    });
  }

  /** Hands the place to whoever waits longest; `running` stays as it is then, so that nobody slips in between. */
  private passOn(): void {
    const [next] = this.waiting;
    if (next === undefined) {
      this.running -= 1;
      return;
    }
    this.waiting.delete(next);
    next();
  }

  private busy(): AppError {
    return new AppError('busy', { retryAfter: Math.ceil(this.limits.patience / seconds(1)) });
  }
}

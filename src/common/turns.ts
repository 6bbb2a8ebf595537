import { AppError } from './errors/app-error.js';
import { seconds } from './clock.js';

export interface TurnLimits {
  /** Jobs of one key at once. */
  running: number;
  /** How many of one key may wait beside them. */
  waiting: number;
  /** How long one may wait, in milliseconds. */
  patience: number;
}

interface Line {
  running: number;
  readonly waiting: Set<() => void>;
}

/**
 * Runs a bounded number of jobs of one key at once, lets the next ones wait in order, and refuses
 * the rest.
 */
export class Turns {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly limits: TurnLimits) {}

  /**
   * Runs `job` when its turn comes. Throws `busy` when too many wait or the turn does not come in
   * time.
   */
  async run<T>(key: string, job: () => Promise<T>): Promise<T> {
    const line = this.lineOf(key);
    if (line.running < this.limits.running) line.running += 1;
    else await this.turn(line);
    try {
      return await job();
    } finally {
      this.passOn(key, line);
    }
  }

  private lineOf(key: string): Line {
    const line = this.lines.get(key) ?? { running: 0, waiting: new Set() };
    this.lines.set(key, line);
    return line;
  }

  private turn({ waiting }: Line): Promise<void> {
    if (waiting.size >= this.limits.waiting) throw this.busy();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(start);
        reject(this.busy());
      }, this.limits.patience).unref();
      const start = (): void => {
        clearTimeout(timer);
        resolve();
      };
      waiting.add(start);
    });
  }

  /**
   * Hands the place to whoever waits longest; `running` stays as it is then, so that nobody slips
   * in between.
   */
  private passOn(key: string, line: Line): void {
    const [next] = line.waiting;
    if (next !== undefined) {
      line.waiting.delete(next);
      return next();
    }
    line.running -= 1;
    if (line.running === 0) this.lines.delete(key);
  }

  private busy(): AppError {
    return new AppError('busy', { retryAfter: Math.ceil(this.limits.patience / seconds(1)) });
  }
}

import { availableParallelism } from 'node:os';
import { seconds } from '../../common/clock.js';
import { Turns, type TurnLimits } from '../../common/turns.js';

/**
 * Hashes at once: more than cores (or threads of the libuv pool) would only slow each other down.
 */
const DEFAULTS: TurnLimits = {
  running: Math.max(1, availableParallelism()),
  waiting: 64,
  patience: seconds(8),
};

/**
 * Runs a bounded number of slow hashes at once, lets the next ones wait in order, and refuses the
 * rest.
 */
export class HashQueue {
  private readonly turns: Turns;

  constructor(limits: Partial<TurnLimits> = {}) {
    this.turns = new Turns({ ...DEFAULTS, ...limits });
  }

  /**
   * Runs `job` when its turn comes. Throws `busy` when the queue is full or the turn does not come
   * in time.
   */
  run<T>(job: () => Promise<T>): Promise<T> {
    return this.turns.run('all', job);
  }
}

import { createRequire } from 'node:module';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import { minutes } from '../common/clock.js';

const require = createRequire(import.meta.url);

/** Milliseconds from a subject's first request in which its requests are counted together. */
export const WINDOW = minutes(1);

/** How often a subject was counted in its window, and in how many milliseconds that ends. */
export interface RequestTally {
  count: number;
  endsIn: number;
}

/** Counts requests of subjects: a limit's name and a network. */
export interface RequestCounter {
  /** One more. Never throws. */
  add(subject: string): Promise<RequestTally>;
  close(): void;
}

/** Subjects that have a tally of their own: about 30 MB. */
const MOST_SUBJECTS = 100_000;
/** Tallies that all the others share. */
const SHARED = 1024;

/**
 * Counts in this process. Memory is bounded: while there are too many subjects, those not seen
 * before share tallies, so that an attacker with a network of a billion addresses fills neither the
 * memory nor the tally of somebody known.
 */
export class MemoryCounter implements RequestCounter {
  private made: RateLimiterMemory | undefined;
  /**
   * Subjects first seen since the last turn, and between the one before and the last: all that can
   * be alive.
   */
  private recent = 0;
  private earlier = 0;
  private readonly turning = setInterval(() => this.turn(), WINDOW).unref();

  constructor(private readonly most = MOST_SUBJECTS) {}

  async add(subject: string): Promise<RequestTally> {
    const isFull = this.recent + this.earlier >= this.most;
    const key = isFull && (await this.limiter.get(subject)) === null ? sharedBy(subject) : subject;
    const { consumedPoints, msBeforeNext, isFirstInDuration } = await this.limiter.penalty(key);
    if (isFirstInDuration) this.recent += 1;
    return { count: consumedPoints, endsIn: msBeforeNext };
  }

  close(): void {
    clearInterval(this.turning);
  }

  // Loaded by the first request, not by the start; and by this name, for its front door loads a
  // limiter for every database.
  private get limiter(): RateLimiterMemory {
    if (this.made) return this.made;
    const Limiter =
      require('rate-limiter-flexible/lib/RateLimiterMemory.js') as typeof RateLimiterMemory;
    return (this.made = new Limiter({ points: 1, duration: WINDOW / 1000, keyPrefix: '' }));
  }

  private turn(): void {
    this.earlier = this.recent;
    this.recent = 0;
  }
}

/** One limit's subjects share among themselves. */
function sharedBy(subject: string): string {
  let hash = 0;
  for (let at = 0; at < subject.length; at += 1)
    hash = (Math.imul(hash, 31) + subject.charCodeAt(at)) | 0;
  return `${subject.slice(0, subject.indexOf(':'))}:shared:${(hash >>> 0) % SHARED}`;
}

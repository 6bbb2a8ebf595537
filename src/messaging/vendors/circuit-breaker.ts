import { after, type Clock, minutes, seconds } from '../../common/clock.js';
import type { SendResult } from './sms-sender.js';

type Outcome = SendResult['outcome'];

/** Failures in a row, and milliseconds in which they must fall, until a provider is left alone. */
const FAILURES_IN_A_ROW = 5;
const WITHIN = minutes(1);
/** Milliseconds a provider is left alone: at first, and at most. */
const FIRST_REST = seconds(30);
const LONGEST_REST = minutes(5);

/**
 * What an outcome says of the provider. `throttled` says nothing: it answers, but serves nobody
 * just now.
 */
const HEALTH: Record<Outcome, 'well' | 'ill' | 'unclear'> = {
  sent: 'well',
  refused: 'well',
  throttled: 'unclear',
  unavailable: 'ill',
  unknown: 'ill',
};

/**
 * Leaves one provider alone while it is ill, so that nobody waits for it in vain. Closed: everybody
 * may ask. Five failures in a row within 60 s open it: nobody may ask for 30 s. Then it is
 * half-open: one request at a time tries; when it finds the provider well, everybody may ask again;
 * when not, the rest doubles, to 5 min at most.
 */
export class CircuitBreaker {
  /** When the newest failures of the row happened, oldest first. */
  private failures: Date[] = [];
  private restsUntil: Date | null = null;
  private rest = FIRST_REST;
  private isTried = false;
  /** Grows with each opening: what was asked before it says nothing of now. */
  private openings = 0;

  constructor(private readonly clock: Clock) {}

  get state(): 'closed' | 'open' | 'half-open' {
    if (this.restsUntil === null) return 'closed';
    return this.clock.now() < this.restsUntil ? 'open' : 'half-open';
  }

  /**
   * Asks the provider and learns from the answer; null when it is left alone just now: it was not
   * asked then. `ask` must settle in bounded time, as the one that tries keeps the others out. What
   * it throws counts as a failure and is thrown on.
   */
  async run<Result extends { outcome: Outcome }>(
    ask: () => Promise<Result>,
  ): Promise<Result | null> {
    const { state, openings } = this;
    if (state === 'open' || (state === 'half-open' && this.isTried)) return null;
    this.isTried = state === 'half-open';
    let health = HEALTH.unknown;
    try {
      const result = await ask();
      health = HEALTH[result.outcome];
      return result;
    } finally {
      if (openings === this.openings) this.learn(health);
    }
  }

  private learn(health: 'well' | 'ill' | 'unclear'): void {
    this.isTried = false;
    if (health === 'well') this.close();
    else if (health === 'ill') this.fail();
  }

  private close(): void {
    this.failures = [];
    this.restsUntil = null;
    this.rest = FIRST_REST;
  }

  private fail(): void {
    const now = this.clock.now();
    if (this.restsUntil !== null) {
      this.rest = Math.min(this.rest * 2, LONGEST_REST);
      return this.open(now);
    }
    this.failures = [...this.failures, now].slice(-FAILURES_IN_A_ROW);
    const [oldest] = this.failures;
    if (oldest && this.failures.length === FAILURES_IN_A_ROW && after(oldest, WITHIN) >= now)
      this.open(now);
  }

  private open(now: Date): void {
    this.restsUntil = after(now, this.rest);
    this.openings += 1;
  }
}

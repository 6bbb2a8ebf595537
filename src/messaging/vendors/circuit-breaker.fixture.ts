import { Clock } from '../../common/clock.js';
import type { SendResult } from './sms-sender.js';
import { CircuitBreaker } from './circuit-breaker.js';

export type Outcome = SendResult['outcome'];

class HandClock extends Clock {
  time = Date.UTC(2026, 4, 1);

  override now(): Date {
    return new Date(this.time);
  }
}

/** A breaker before a provider whose every answer a test gives by hand. */
export class Provider {
  readonly clock = new HandClock();
  readonly breaker = new CircuitBreaker(this.clock);
  readonly asked: ((outcome: Outcome) => Promise<void>)[] = [];

  /** Whether the request was let through. */
  ask(): boolean {
    const before = this.asked.length;
    let answer: (result: { outcome: Outcome }) => void = () => undefined;
    const run = this.breaker.run(() => {
      this.asked.push(async (outcome) => {
        answer({ outcome });
        await run;
      });
      return new Promise<{ outcome: Outcome }>((resolve) => (answer = resolve));
    });
    return this.asked.length > before;
  }

  /** One request, let through or not, and its answer. */
  async once(outcome: Outcome): Promise<void> {
    if (this.ask()) await this.asked.at(-1)?.(outcome);
  }

  async times(count: number, outcome: Outcome): Promise<void> {
    for (let at = 0; at < count; at += 1) await this.once(outcome);
  }

  wait(milliseconds: number): void {
    this.clock.time += milliseconds;
  }

  get state() {
    return this.breaker.state;
  }
}

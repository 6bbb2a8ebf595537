import fc from 'fast-check';
import { Clock, minutes, seconds } from '../../common/clock.js';
import type { StartResult } from '../../phone-verification/providers/verification-provider.js';
import { CircuitBreaker } from './circuit-breaker.js';

type Outcome = StartResult['outcome'];

class HandClock extends Clock {
  time = Date.UTC(2026, 4, 1);

  override now(): Date {
    return new Date(this.time);
  }
}

/** A breaker before a provider whose every answer a test gives by hand. */
class Provider {
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

describe('the circuit breaker of a provider', () => {
  let provider: Provider;
  beforeEach(() => {
    provider = new Provider();
  });

  it('hands on what the provider answered', async () => {
    expect(
      await provider.breaker.run(() =>
        Promise.resolve({ outcome: 'sent' as const, reference: 'SM1' }),
      ),
    ).toEqual({
      outcome: 'sent',
      reference: 'SM1',
    });
  });

  it.each<Outcome>(['unavailable', 'unknown'])(
    'opens at the fifth in a row that is %s',
    async (outcome) => {
      await provider.times(4, outcome);
      expect(provider.state).toBe('closed');
      await provider.once(outcome);
      expect(provider.state).toBe('open');
      expect(await provider.breaker.run(() => Promise.reject(new Error('asked')))).toBeNull();
    },
  );

  it.each<Outcome>(['refused', 'throttled'])(
    'stays closed however many are %s',
    async (outcome) => {
      await provider.times(50, outcome);
      expect(provider.state).toBe('closed');
    },
  );

  it.each<[Outcome, string]>([
    ['sent', 'closed'],
    ['refused', 'closed'],
    ['throttled', 'open'],
  ])('one that is %s among the failures leaves it %s at the fifth', async (outcome, state) => {
    await provider.times(4, 'unavailable');
    await provider.once(outcome);
    await provider.once('unavailable');
    expect(provider.state).toBe(state);
  });

  it.each([
    [minutes(1), 'open'],
    [minutes(1) + 1, 'closed'],
  ])('five failures in %i ms leave it %s', async (time, state) => {
    await provider.once('unavailable');
    provider.wait(time);
    await provider.times(4, 'unknown');
    expect(provider.state).toBe(state);
  });

  it('counts what is thrown as a failure, and throws it on', async () => {
    const failing = () => provider.breaker.run(() => Promise.reject(new Error('a bug')));
    for (let count = 0; count < 5; count += 1) await expect(failing()).rejects.toThrow('a bug');
    expect(await failing()).toBeNull();
  });

  it('after 30 s lets one through at a time, also after one that was throttled', async () => {
    await provider.times(5, 'unavailable');
    provider.wait(seconds(30) - 1);
    expect([provider.ask(), provider.state]).toEqual([false, 'open']);
    provider.wait(1);
    expect([provider.state, provider.ask(), provider.ask()]).toEqual(['half-open', true, false]);
    await provider.asked.at(-1)?.('throttled');
    expect([provider.state, provider.ask(), provider.ask()]).toEqual(['half-open', true, false]);
  });

  it.each<Outcome>(['sent', 'refused'])(
    'closes when the one is %s, and forgets its failures and rests',
    async (outcome) => {
      await provider.times(5, 'unavailable');
      provider.wait(seconds(30));
      await provider.once('unavailable');
      provider.wait(minutes(1));
      await provider.once(outcome);
      expect(provider.state).toBe('closed');
      await provider.times(4, 'unavailable');
      expect(provider.state).toBe('closed');
      await provider.once('unavailable');
      provider.wait(seconds(30));
      expect(provider.state).toBe('half-open');
    },
  );

  it('doubles the rest each time the one fails, to 5 minutes', async () => {
    await provider.times(5, 'unavailable');
    for (const rest of [30, 60, 120, 240, 300, 300]) {
      provider.wait(seconds(rest) - 1);
      expect([rest, provider.state]).toEqual([rest, 'open']);
      provider.wait(1);
      await provider.once('unknown');
    }
  });

  it('learns nothing from answers to what was asked before it opened', async () => {
    provider.ask();
    provider.ask();
    const [late, later] = provider.asked;
    await provider.times(5, 'unavailable');
    await late?.('sent');
    expect(provider.state).toBe('open');
    provider.wait(seconds(30));
    provider.ask();
    await later?.('unknown');
    expect([provider.state, provider.ask()]).toEqual(['half-open', false]);
  });

  /** The same in other words: the log of all that counted, read anew at every question. */
  class Model {
    private readonly log: { at: number; is: 'well' | 'ill' }[] = [];
    private rests: { until: number; length: number } | null = null;
    private trying: number | null = null;
    private age = 0;
    readonly open: { id: number; age: number }[] = [];

    state(now: number) {
      return this.rests === null ? 'closed' : now < this.rests.until ? 'open' : 'half-open';
    }

    ask(id: number, now: number): boolean {
      const state = this.state(now);
      const isLet = state === 'closed' || (state === 'half-open' && this.trying === null);
      if (isLet) this.open.push({ id, age: this.age });
      if (isLet && state === 'half-open') this.trying = id;
      return isLet;
    }

    answer(at: number, outcome: Outcome, now: number): void {
      const [{ id, age } = { id: -1, age: -1 }] = this.open.splice(at, 1);
      if (age !== this.age) return;
      const wasTrying = this.trying === id;
      if (wasTrying) this.trying = null;
      if (outcome === 'throttled') return;
      this.log.push({ at: now, is: outcome === 'sent' || outcome === 'refused' ? 'well' : 'ill' });
      const { is } = this.log.at(-1)!;
      if (wasTrying)
        this.move(is === 'well' ? null : Math.min(300_000, 2 * this.rests!.length), now);
      const row = this.log.slice(-5);
      if (
        this.rests === null &&
        row.length === 5 &&
        row.every((entry) => entry.is === 'ill') &&
        now - row[0]!.at <= 60_000
      )
        this.move(30_000, now);
    }

    private move(length: number | null, now: number): void {
      this.rests = length === null ? null : { until: now + length, length };
      this.age += 1;
    }
  }

  it('does what the model does, whatever happens in whatever order', async () => {
    const outcome = fc.constantFrom<Outcome>(
      'unavailable',
      'unknown',
      'unavailable',
      'unknown',
      'sent',
      'refused',
      'throttled',
    );
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ does: fc.constant('ask' as const) }) },
      {
        weight: 4,
        arbitrary: fc.record({ does: fc.constant('answer' as const), at: fc.nat(7), outcome }),
      },
      { weight: 5, arbitrary: fc.record({ does: fc.constant('fail' as const) }) },
      {
        weight: 2,
        arbitrary: fc.record({
          does: fc.constant('wait' as const),
          seconds: fc.constantFrom(1, 14, 15, 30, 60),
        }),
      },
    );
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
        const real = new Provider();
        const model = new Model();
        const now = () => real.clock.time;
        const ask = () => {
          const isLet = model.ask(real.asked.length, now());
          expect(real.ask()).toBe(isLet);
        };
        const answer = async (at: number, result: Outcome) => {
          const one = model.open[at];
          if (!one) return;
          model.answer(at, result, now());
          await real.asked[one.id]?.(result);
        };
        for (const one of steps) {
          if (one.does === 'wait') real.wait(seconds(one.seconds));
          if (one.does === 'ask') ask();
          if (one.does === 'answer') await answer(one.at, one.outcome);
          if (one.does === 'fail') {
            ask();
            await answer(model.open.length - 1, 'unavailable');
          }
          expect(real.state).toBe(model.state(now()));
          seen.add(real.state);
        }
      }),
      { numRuns: 300 },
    );
    // Else the sequences would prove nothing.
    expect([...seen].sort()).toEqual(['closed', 'half-open', 'open']);
  });
});

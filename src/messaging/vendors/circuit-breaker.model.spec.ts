import fc from 'fast-check';
import { seconds } from '../../common/clock.js';
import { Provider, type Outcome } from './circuit-breaker.fixture.js';

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
    if (wasTrying) this.move(is === 'well' ? null : Math.min(300_000, 2 * this.rests!.length), now);
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

describe('the circuit breaker of a provider', () => {
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

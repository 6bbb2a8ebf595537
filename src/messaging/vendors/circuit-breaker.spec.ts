import { minutes, seconds } from '../../common/clock.js';
import { Provider, type Outcome } from './circuit-breaker.fixture.js';

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
});

import { jest } from '@jest/globals';
import { MemoryCounter, WINDOW } from './request-counter.js';

describe('requests counted in memory', () => {
  let counter: MemoryCounter;
  beforeEach(() => {
    jest.useFakeTimers();
    counter = new MemoryCounter(10);
  });
  afterEach(() => {
    counter.close();
    jest.useRealTimers();
  });
  const addAll = async (subjects: readonly string[]) => {
    const counts: number[] = [];
    for (const subject of subjects) counts.push((await counter.add(subject)).count);
    return counts;
  };
  const strangers = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => `any:10.0.${from}.${index}`);

  it('each subject for itself, in a window from its first request', async () => {
    expect(await addAll(['any:a', 'any:a', 'any:b', 'login:a', 'any:a'])).toEqual([1, 2, 1, 1, 3]);
    jest.advanceTimersByTime(WINDOW - 1000);
    expect(await counter.add('any:a')).toEqual({ count: 4, endsIn: 1000 });
    jest.advanceTimersByTime(1000);
    expect(await counter.add('any:a')).toEqual({ count: 1, endsIn: WINDOW });
  });

  it('exactly, when all come at once', async () => {
    const tallies = await Promise.all(Array.from({ length: 50 }, () => counter.add('any:a')));
    expect(tallies.map(({ count }) => count)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
  });

  it('too many subjects share tallies, so that memory stays bounded; a known subject keeps its own', async () => {
    await addAll(['any:known', ...strangers(1, 9)]);
    const counts: number[] = [];
    for (let network = 2; network < 42; network += 1)
      counts.push(...(await addAll(strangers(network, 200))));
    expect(Math.max(...counts)).toBeGreaterThan(1);
    expect(timersLeft()).toBeLessThanOrEqual(10 + 1024 + 1);
    expect(await counter.add('any:known')).toMatchObject({ count: 2 });
  });

  it('and are forgotten when nobody has come for two windows', async () => {
    await addAll(strangers(1, 200));
    jest.advanceTimersByTime(2 * WINDOW);
    expect(timersLeft()).toBe(1);
    expect(await addAll(strangers(2, 10))).toEqual(Array(10).fill(1));
  });

  // One for each tally that is kept, and the one that turns.
  const timersLeft = () => jest.getTimerCount();
});

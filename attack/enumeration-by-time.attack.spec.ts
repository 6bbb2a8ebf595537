import type { Cast } from './cast.js';
import { enumerationByTime } from './enumeration-by-time.attack.js';
import { Answer, type Ask } from './exchange.js';
import type { Ground } from './ground.js';

/**
 * A target whose answers take as long as told: `times(isKnown, n)` milliseconds for the n-th
 * log-in.
 */
function ground(
  times: (isKnown: boolean, index: number) => number,
  limitedFrom = Infinity,
): Ground {
  let [names, asked] = [0, 0];
  const cast = {
    member: () => Promise.resolve({ username: 'known' }),
    stranger: () => `unknown-${(names += 1)}`,
    logIn: () => Promise.resolve('token'),
  } as unknown as Cast;
  const send = (ask: Ask) => {
    asked += 1;
    const isKnown = ask.body?.includes('"known"') ?? false;
    return Promise.resolve(
      new Answer(ask, asked > limitedFrom ? 429 : 401, {}, '{}', times(isKnown, asked)),
    );
  };
  return { target: { send }, cast } as unknown as Ground;
}

/** Some milliseconds more or less, and now and then very many more. */
const jitter = (index: number) => ((index * 7) % 5) + (index % 11 === 0 ? 400 : 0);

describe('enumeration by time', () => {
  it('is told where a hash is made for known users only', async () => {
    const hashed = ground((isKnown, index) => (isKnown ? 60 : 20) + jitter(index));
    await expect(enumerationByTime.run(hashed)).rejects.toThrow(
      /^Time tells who is known: known 6\d\.\d ms, unknown 2\d\.\d ms/,
    );
  });

  it('is told where unknown users take longer, too', async () => {
    await expect(enumerationByTime.run(ground((isKnown) => (isKnown ? 20 : 40)))).rejects.toThrow(
      /difference -20\.0 ms/,
    );
  });

  it('is not told of noise, nor of less than a network hides', async () => {
    for (const difference of [0, 4])
      expect(
        await enumerationByTime.run(
          ground((isKnown, index) => 60 + (isKnown ? difference : 0) + jitter(index)),
        ),
      ).toMatch(/20 pairs$/);
  });

  it('is judged by what was measured before a limit, or not at all', async () => {
    expect(await enumerationByTime.run(ground(() => 60, 30))).toMatch(/ 14 pairs$/);
    await expect(enumerationByTime.run(ground(() => 60, 10))).rejects.toThrow(
      'limited: only 4 of 20 pairs could be measured',
    );
  });
});

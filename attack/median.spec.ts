import fc from 'fast-check';
import { median, pairedDifference } from './median.js';

describe('the median', () => {
  it('is the middle one, or between the two of them', () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([7]), median([])]).toEqual([
      2, 2.5, 7, 0,
    ]);
  });
});

describe('a difference between pairs', () => {
  const disturbed = (pairs: [number, number][]) =>
    pairs.map(([first, second], index): [number, number] => [
      index % 5 === 0 ? first + 500 : first,
      second,
    ]);

  it('stands out of its noise where there is one, though a fifth of the pairs was disturbed', () => {
    const pairs = Array.from({ length: 24 }, (_, index): [number, number] => [
      60 + (index % 4),
      20 + (index % 3),
    ]);
    const { difference, noise } = pairedDifference(disturbed(pairs));
    expect(difference).toBeGreaterThan(38);
    expect(difference).toBeLessThan(43);
    expect(difference).toBeGreaterThan(6 * noise);
  });

  it('turns round with its sides, and is nothing between twins', () => {
    const times = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(times, (pairs) => {
        const turned = pairedDifference(pairs.map(([first, second]) => [second, first]));
        const { difference, noise } = pairedDifference(pairs);
        expect(turned.difference + difference).toBe(0);
        expect(turned.noise).toBe(noise);
        expect(pairedDifference(pairs.map(([first]) => [first, first]))).toEqual({
          difference: 0,
          noise: 0,
        });
      }),
    );
  });
});

import { spread } from './stats.mjs';

/**
 * Seconds of work before log-ins and registrations are measured: at 30 a second V8 takes that long
 * to compile what a server in use has compiled.
 */
export const WARM_UP = 20;

/**
 * Measures both sides in turn, A B, then B A, so that what else goes on in the machine hits both
 * alike; the ratio is taken within each round. The first round warms up and is thrown away. `ours`
 * and `yardstick` give one number each.
 */
export async function compare({ rounds, ours, yardstick }) {
  const pairs = [];
  for (let round = 0; round <= rounds; round += 1) {
    const pair = {};
    const sides = [
      ['ours', ours],
      ['yardstick', yardstick],
    ];
    for (const [side, measure] of round % 2 === 0 ? sides : sides.reverse())
      pair[side] = await measure();
    if (round > 0) pairs.push(pair);
  }
  return {
    ours: spread(pairs.map((pair) => pair.ours)),
    yardstick: spread(pairs.map((pair) => pair.yardstick)),
    ratio: spread(pairs.map((pair) => pair.ours / pair.yardstick)),
  };
}

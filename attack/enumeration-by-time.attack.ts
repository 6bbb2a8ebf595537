import type { Attack } from './attack.js';
import { call } from './calls.js';
import type { Answer } from './exchange.js';
import type { Ground } from './ground.js';
import { median, pairedDifference } from './median.js';
import { Breach, Unjudged } from './verdict.js';

const PAIRS = 20;
const LEAST_PAIRS = 8;
/** A name is blocked at its tenth wrong password in a row: a right one in between forgets them. */
const IN_A_ROW = 6;
/**
 * Errors of the median that chance alone does not reach, and milliseconds below which a network
 * hides a difference.
 */
const NOISES = 6;
const FLOOR = 5;

export const enumerationByTime: Attack = {
  name: 'enumeration-by-time',
  tries: `${PAIRS} wrong log-ins of a known user, each beside one of an unknown user, timed`,
  rule: 'docs/rules.md 6; ASVS 6.3.8',
  failsWhen: `the median difference is more than ${NOISES} times its noise and more than ${FLOOR} ms`,

  async run(ground) {
    const pairs = await measure(ground);
    if (pairs.length < LEAST_PAIRS)
      throw new Unjudged(`limited: only ${pairs.length} of ${PAIRS} pairs could be measured`);
    const times = pairs.map(
      ([known, unknown]) => [known.milliseconds, unknown.milliseconds] as const,
    );
    const { difference, noise } = pairedDifference(times);
    const [known, unknown] = [
      median(times.map(([first]) => first)),
      median(times.map(([, second]) => second)),
    ];
    const medians = `known ${ms(known)}, unknown ${ms(unknown)}`;
    const told = `${medians}, difference ${ms(difference)}, noise ${ms(noise)}, ${pairs.length} pairs`;
    const isTold = Math.abs(difference) > Math.max(FLOOR, NOISES * noise);
    const [shown] = pairs.flat();
    if (isTold && shown) throw new Breach(`Time tells who is known: ${told}.`, shown);
    return told;
  },
};

/**
 * Answers to a known and an unknown name, measured side by side, now the one first and now the
 * other.
 */
async function measure({ target, cast }: Ground): Promise<[Answer, Answer][]> {
  const { username } = await cast.member();
  const password = 'not-the-right-one';
  const logIn = (name: string) =>
    call(target, 'POST', '/session', { body: { username: name, password } });
  // Each first connection costs more than any other.
  for (const name of [username, cast.stranger()]) await logIn(name);
  const pairs: [Answer, Answer][] = [];
  for (let index = 0; index < PAIRS; index += 1) {
    if (index % IN_A_ROW === 0) await cast.logIn();
    const unknown = cast.stranger();
    const isKnownFirst = index % 2 === 0;
    const [first, second] = [
      await logIn(isKnownFirst ? username : unknown),
      await logIn(isKnownFirst ? unknown : username),
    ];
    if (first.isLimited || second.isLimited) break;
    pairs.push(isKnownFirst ? [first, second] : [second, first]);
  }
  return pairs;
}

const ms = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;

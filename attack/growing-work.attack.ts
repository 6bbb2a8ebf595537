import { randomBytes } from 'node:crypto';
import type { Attack } from './attack.js';
import { call, submit, visit } from './calls.js';
import type { Answer } from './exchange.js';
import type { Target } from './target.js';
import { Breach } from './verdict.js';

/** Characters of a field: two of them fill a body of 100 kB. */
const LENGTH = 48_000;
const LETTERS = randomBytes(LENGTH / 2).toString('hex');
/** Normalising sorts marks of two classes, in quadratic time. */
const MARKS = `a${'\u0301'.repeat(LENGTH / 4)}${'\u0316'.repeat(LENGTH / 4)}`;
const LOGIN = { username: 'attack-nobody', password: 'not-the-right-one' };
const PERSON = { ...LOGIN, phone_number: '+1 555 0100' };

const HOSTILE: readonly ((target: Target) => Promise<Answer>)[] = [
  (target) =>
    call(target, 'POST', '/registration', {
      body: { ...PERSON, username: LETTERS, password: LETTERS },
    }),
  (target) =>
    call(target, 'POST', '/registration', {
      body: { ...PERSON, username: MARKS, full_name: MARKS },
    }),
  (target) =>
    call(target, 'POST', '/registration', {
      body: { ...PERSON, phone_number: MARKS, country_code: MARKS },
    }),
  (target) => call(target, 'POST', '/session', { body: { ...LOGIN, password: MARKS } }),
  (target) => call(target, 'POST', '/session', { body: { ...LOGIN, username: MARKS } }),
  (target) => call(target, 'POST', '/session', { body: `{${' '.repeat(2 * LENGTH)}}` }),
  (target) =>
    submit(target, '/login/', {
      username: LETTERS.slice(0, 10_000),
      password: LETTERS.slice(0, 10_000),
    }),
  (target) =>
    target.send({
      method: 'POST',
      path: `/delivery/twilio/${'a'.repeat(22)}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Array.from({ length: 16_000 }, (_, index) => `k${index}`).join('&'),
    }),
];

/**
 * How long the health check may wait beside one such request, in milliseconds, and how many times
 * its quiet answer.
 */
const FLOOR = 500;
const TIMES = 20;
/** A machine that was busy with something else is so once, not each time. */
const REPEATS = 3;
const MOST_ASKED = 40;
const QUIET = 6;

export const growingWork: Attack = {
  name: 'growing-work',
  tries: `${HOSTILE.length} requests of up to 100 kB that cost more than their length, with the health check as witness`,
  rule: 'ASVS 1.3.12, 2.4.1',
  failsWhen: `/health/live waits more than ${FLOOR} ms and ${TIMES} times its quiet answer beside one, ${REPEATS} times in a row`,

  async run({ target }) {
    const quiet = await quietest(target);
    const allowed = Math.max(FLOOR, TIMES * quiet);
    let longest = 0;
    for (const send of HOSTILE) {
      const [wait, answer] = await least(target, send, allowed);
      if (answer.status === 500) throw new Breach('It crashed.', answer);
      longest = Math.max(longest, wait);
      if (wait > allowed)
        throw new Breach(`The health check waited ${ms(wait)}, ${ms(quiet)} when quiet.`, answer);
    }
    return `the health check waited ${ms(longest)} at most, ${ms(quiet)} when quiet`;
  },
};

/** The shortest of some, for one may be disturbed, and the first opens a connection. */
async function quietest(target: Target): Promise<number> {
  const waits: number[] = [];
  for (let asked = 0; asked < QUIET; asked += 1) waits.push((await health(target)).milliseconds);
  return Math.min(...waits);
}

/** The shortest of the health check's longest waits, each beside one such request. */
async function least(
  target: Target,
  send: (typeof HOSTILE)[number],
  allowed: number,
): Promise<[number, Answer]> {
  let found = await witnessed(target, send);
  for (let repeat = 1; repeat < REPEATS && found[0] > allowed; repeat += 1) {
    const again = await witnessed(target, send);
    if (again[0] < found[0]) found = again;
  }
  return found;
}

async function witnessed(
  target: Target,
  send: (typeof HOSTILE)[number],
): Promise<[number, Answer]> {
  const waits: number[] = [];
  const asking = { isOver: false };
  const watch = async () => {
    do waits.push((await health(target)).milliseconds);
    while (!asking.isOver && waits.length < MOST_ASKED);
  };
  const [answer] = await Promise.all([send(target).finally(() => (asking.isOver = true)), watch()]);
  return [Math.max(...waits), answer];
}

const health = (target: Target): Promise<Answer> => visit(target, '/health/live');

const ms = (milliseconds: number): string => `${milliseconds.toFixed(0)} ms`;

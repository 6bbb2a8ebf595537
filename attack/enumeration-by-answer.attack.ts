import type { Attack } from './attack.js';
import { call, submit } from './calls.js';
import { wasSent } from './cast.js';
import type { Answer } from './exchange.js';
import type { Ground } from './ground.js';
import { Breach } from './verdict.js';

export const enumerationByAnswer: Attack = {
  name: 'enumeration-by-answer',
  tries: 'log-ins of a known and an unknown user, and registrations of a proven and a free number',
  rule: 'docs/rules.md 6; ASVS 6.3.8',
  failsWhen: 'status, headers or body differ by more than names, numbers and times',

  async run(ground) {
    await compareLogIns(ground);
    return `log-ins answer alike; ${await compareNumbers(ground)}`;
  },
};

async function compareLogIns({ target, cast }: Ground): Promise<void> {
  const { username } = await cast.member();
  const wrong = { password: 'not-the-right-one' };
  const ways = [
    (name: string) => call(target, 'POST', '/session', { body: { username: name, ...wrong } }),
    (name: string) => submit(target, '/login/', { username: name, ...wrong }),
  ];
  for (const logIn of ways) {
    const unknown = cast.stranger();
    const [ofKnown, ofUnknown] = [await logIn(username), await logIn(unknown)];
    const difference = differenceOf(looksOf(ofKnown, username), looksOf(ofUnknown, unknown));
    const isLimited = ofKnown.isLimited && ofUnknown.isLimited;
    if (difference !== null && !isLimited)
      throw new Breach(`The log-in of an unknown user differs: ${difference}.`, ofUnknown);
  }
}

async function compareNumbers({ cast }: Ground): Promise<string> {
  const { phoneNumber } = await cast.member();
  const free = await cast.pending();
  const username = cast.name();
  const taken = await cast.ask({ username, phoneNumber });
  // The number's block may still be in its pause from its own registration.
  if (taken.isLimited || (taken.isSuccess && !wasSent(taken)))
    return 'a proven number could not be tried (limited)';
  const difference = differenceOf(
    looksOf(free.registered, free.username),
    looksOf(taken, username),
  );
  if (difference !== null)
    throw new Breach(`The registration of a proven number differs: ${difference}.`, taken);
  return 'so do registrations of a proven number';
}

/** Differ between any two answers. */
const OWN = /^(date|x-request-id|set-cookie|content-length|retry-after|(x-)?ratelimit.*)$/;
const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** What can be told apart of an answer, line by line. */
function looksOf(answer: Answer, username: string): string[] {
  const telling = Object.entries(answer.headers).filter(([name]) => !OWN.test(name));
  const headers = telling.map(([name, value]) => `${name}: ${String(value)}`);
  const cookies = answer.cookies.map((cookie) => `cookie ${cookie.split('=')[0] ?? ''}`);
  const id = String(answer.headers['x-request-id'] ?? '');
  const body = (id === '' ? answer.text : answer.text.replaceAll(id, ''))
    .replaceAll(username, '')
    .replace(INSTANT, '')
    .replace(/"token":"[^"]*"/, '')
    .replace(/"phone_hint":"[^"]*"/, '');
  return [`status ${answer.status}`, ...headers.sort(), ...cookies, ...body.split('\n')];
}

function differenceOf(known: readonly string[], other: readonly string[]): string | null {
  const odd =
    other.find((line, index) => line !== known[index]) ??
    (known.length > other.length ? 'something is missing' : null);
  return odd === null ? null : `"${odd.slice(0, 80)}"`;
}

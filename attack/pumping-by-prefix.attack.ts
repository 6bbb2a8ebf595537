import type { Attack } from './attack.js';
import type { Answer } from './exchange.js';
import { clockAt, stoppedBy } from './stopped-by.js';
import { Breach, FREE, Unjudged } from './verdict.js';

/** More than a block gets within ten seconds by default, fewer than an address gets in an hour. */
const REGISTRATIONS_AT_ONCE = 5;

export const pumpingByPrefix: Attack = {
  name: 'pumping-by-prefix',
  tries: `${REGISTRATIONS_AT_ONCE} registrations at once with numbers of one block, which differ in their last two digits only`,
  rule: 'docs/rules.md 7; ASVS 2.4.1',
  failsWhen: 'all of them get a message',

  async run({ target, cast, phones, isRecordOnly, isFree }) {
    if (!phones.isEndless)
      throw new Unjudged('needs the local inbox: elsewhere its messages would be paid for');
    if (isRecordOnly) throw new Unjudged('ABUSE_LIMITS=record lets it through');
    const first = phones.next();
    const others = Array.from({ length: 90 }, (_, index) => `${first.slice(0, -2)}${10 + index}`);
    const numbers = others.filter((number) => number !== first).slice(0, REGISTRATIONS_AT_ONCE - 1);
    const ask = (phoneNumber: string) =>
      cast.ask({ username: cast.name(), phoneNumber, isOnce: true });
    const answers = await Promise.all([ask(first), ...numbers.map(ask)]);
    const [answer] = answers as [Answer];
    const codes = await Promise.all([first, ...numbers].map((number) => phones.codeFor(number)));
    const sent = codes.filter((code) => code !== '').length;
    if (sent === 0)
      throw new Unjudged(
        'limited: the target sends no more codes to this address now; an hour helps',
      );
    if (sent === REGISTRATIONS_AT_ONCE && isFree) throw new Unjudged(FREE);
    if (sent === REGISTRATIONS_AT_ONCE)
      throw new Breach(
        `${REGISTRATIONS_AT_ONCE} numbers of one block got a message within a moment.`,
        answer,
      );
    const [refused = answer] = answers.filter((_, index) => codes[index] === '');
    const stop = await stoppedBy(target, refused, clockAt(answer));
    if (stop !== 'block of numbers')
      throw new Unjudged(`limited: another limit stopped it first (${stop})`);
    return `${REGISTRATIONS_AT_ONCE - sent} of ${REGISTRATIONS_AT_ONCE} got no message (limit of a ${stop})`;
  },
};

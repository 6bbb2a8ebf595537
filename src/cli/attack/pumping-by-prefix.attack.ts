import type { Attack } from './attack.js';
import { Breach, Unjudged } from './verdict.js';

export const pumpingByPrefix: Attack = {
  name: 'pumping-by-prefix',
  tries: 'two registrations at once with numbers of one block, which differ in their last four digits only',
  rule: 'product rule 7; ASVS 2.4.1',
  failsWhen: 'both get a message',

  async run({ cast, phones, isRecordOnly }) {
    if (!phones.isEndless) throw new Unjudged('needs the local inbox: elsewhere its messages would be paid for');
    if (isRecordOnly) throw new Unjudged('ABUSE_LIMITS=record lets it through');
    const first = phones.next();
    const last = Number(first.slice(-2));
    const second = `${first.slice(0, -2)}${last === 99 ? 10 : last + 1}`;
    await cast.ask({ username: cast.name(), phoneNumber: first });
    const answer = await cast.ask({ username: cast.name(), phoneNumber: second, isOnce: true });
    const [one, two] = [await phones.codeFor(first), await phones.codeFor(second)];
    if (one === '') throw new Unjudged('limited: the target sends no more codes to this address now; an hour helps');
    if (two !== '') throw new Breach('Two numbers of one block got a message within a moment.', answer);
    return 'the second got no message';
  },
};

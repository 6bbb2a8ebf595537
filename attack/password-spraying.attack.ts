import type { Attack } from './attack.js';
import { call } from './calls.js';
import { Breach, Unjudged } from './verdict.js';

/**
 * Different accounts of a network's wrong passwords in an hour, and some more that right log-ins of
 * the run add.
 */
const MOST_USERS_COMPARED = 30 + 4;

export const passwordSpraying: Attack = {
  name: 'password-spraying',
  tries: `one password on ${MOST_USERS_COMPARED} accounts, each once, those of attacks before it counted`,
  rule: 'docs/rules.md 4; ASVS 6.3.1',
  failsWhen: 'it is compared on each of them',

  async run({ target, cast }) {
    const before = cast.strangers;
    for (;;) {
      const body = { username: cast.stranger(), password: 'Summer2026 Summer2026' };
      const answer = await call(target, 'POST', '/session', { body });
      // A name tried for the first time has no limit of its own in the way.
      if (answer.isLimited && before === 0 && cast.strangers === 1)
        throw new Unjudged('limited: this network has to wait already');
      if (answer.isLimited)
        return `after ${cast.strangers - 1} accounts it was compared no more (limit of the network)`;
      if (cast.strangers >= MOST_USERS_COMPARED)
        throw new Breach(`One password was compared on ${cast.strangers} accounts.`, answer);
    }
  },
};

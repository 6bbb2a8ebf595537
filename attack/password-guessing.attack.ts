import type { Attack } from './attack.js';
import { call } from './calls.js';
import { Breach, Unjudged } from './verdict.js';

/** Wrong passwords in a row that one account takes from one network. */
const MOST_COMPARED = 10;

export const passwordGuessing: Attack = {
  name: 'password-guessing',
  tries: `${MOST_COMPARED + 1} passwords on one account, then the right one`,
  rule: 'docs/rules.md 4; ASVS 6.3.1',
  failsWhen: 'all of them are compared, or the right one logs in while the account has to wait',

  async run({ target, cast }) {
    const { username, password } = await cast.pending();
    const logIn = (name: string, tried: string) =>
      call(target, 'POST', '/session', { body: { username: name, password: tried } });
    for (let tries = 0; tries <= MOST_COMPARED; tries += 1) {
      const answer = await logIn(username, `not-the-right-${tries}`);
      if (answer.isLimited) {
        // Its own limit leaves other accounts alone: a network's says nothing of it.
        const other = await logIn(cast.stranger(), 'not-the-right-one');
        if (other.isLimited)
          throw new Unjudged('limited: another limit stopped it first (this network has to wait)');
        const right = await logIn(username, password);
        if (right.isSuccess)
          throw new Breach('The right password logs in while the account has to wait.', right);
        return `${tries} passwords of one account were compared, then no more (its own limit)`;
      }
      if (tries === MOST_COMPARED)
        throw new Breach(
          `${MOST_COMPARED + 1} wrong passwords of one account were compared.`,
          answer,
        );
    }
    throw new Unjudged('no password was tried');
  },
};

import type { Attack } from './attack.js';
import { call, confirm, wrong } from './calls.js';
import type { Answer } from './exchange.js';
import { Breach, Unjudged } from './verdict.js';

/** Of one challenge, and of one account over all its challenges in 15 minutes. */
const TRIES = 5;
const MOST_OF_ONE_USER = 10;
const SESSIONS = 4;

export const guessing: Attack = {
  name: 'guessing',
  tries: 'wrong codes beyond the budget, then a resend and new sessions that might refill it',
  rule: 'docs/rules.md 3 and 4; ASVS 6.6.3, 2.3.2',
  failsWhen: `more than ${TRIES} codes of one session or ${MOST_OF_ONE_USER} of one account are compared, or the right code still works`,

  async run({ target, cast }) {
    const { username, password, token, code } = await cast.newcomer();
    const first = await guess(token, TRIES + 1);
    if (first.compared > TRIES)
      throw new Breach(`${first.compared} wrong codes of one session were compared.`, first.last);
    await refuseRight('after its tries were used up');
    const again = await call(target.once, 'POST', '/session/confirmation/resend', { token });
    let compared = first.compared;
    // A new challenge made at once would be a new code: its guesses count on.
    if (again.isSuccess) compared += (await guess(token, TRIES + 1)).compared;
    else await refuseRight('after a resend');

    let sessions = 1;
    for (; sessions < SESSIONS; sessions += 1) {
      const opened = await call(target, 'POST', '/session', { body: { username, password } });
      if (opened.isLimited) break;
      const more = await guess(cast.tokenOf(opened, 'log in'), TRIES + 1);
      compared += more.compared;
      if (compared > MOST_OF_ONE_USER)
        throw new Breach(
          `${compared} wrong codes of one account were compared, by new sessions.`,
          more.last,
        );
    }
    if (compared === 0) throw new Unjudged('limited: no code was compared');
    return `${compared} wrong codes were compared over ${sessions} sessions, then no more`;

    async function guess(held: string, times: number): Promise<{ compared: number; last: Answer }> {
      const answers: Answer[] = [];
      for (let tries = 0; tries < times; tries += 1)
        answers.push(await confirm(target, held, wrong(code)));
      const judged = answers.filter((answer) => answer.code === 'wrong_code' || answer.isSuccess);
      return { compared: judged.length, last: judged.at(-1) ?? (answers[0] as Answer) };
    }

    async function refuseRight(when: string): Promise<void> {
      const answer = await confirm(target, token, code);
      if (answer.isSuccess) throw new Breach(`The right code was taken ${when}.`, answer);
    }
  },
};

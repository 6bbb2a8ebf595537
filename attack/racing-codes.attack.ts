import type { Attack } from './attack.js';
import { call, confirm, wrong } from './calls.js';
import type { Answer } from './exchange.js';
import type { Target } from './target.js';
import { Breach, Unjudged } from './verdict.js';

const CODES_AT_ONCE = 50;
const TRIES = 5;

export const racingCodes: Attack = {
  name: 'racing-codes',
  tries: `${CODES_AT_ONCE} right codes at once, and ${CODES_AT_ONCE} wrong ones`,
  rule: 'docs/rules.md 2 and 3; ASVS 6.5.1, 15.4.2',
  failsWhen: `more than one right code succeeds or none does, or more than ${TRIES} wrong ones are compared`,

  async run({ target, cast }) {
    const honest = await cast.newcomer();
    const right = await race(target, () => confirm(target.once, honest.token, honest.code));
    refuseCrashes(right);
    const won = right.filter(({ isSuccess }) => isSuccess);
    const [first] = right as [Answer];
    if (won.length === 0 && right.every(({ isLimited }) => isLimited))
      throw new Unjudged('limited: no code was compared');
    if (won.length !== 1)
      throw new Breach(
        `${won.length} of ${CODES_AT_ONCE} right codes at once succeeded.`,
        won[1] ?? first,
      );
    cast.adopt(honest, won[0] ?? first);
    const old = await call(target, 'GET', '/session', { token: honest.token });
    if (old.isSuccess) throw new Breach('The session of before the right code still lives.', old);

    const guessed = await cast.newcomer();
    const tried = await race(target, () =>
      confirm(target.once, guessed.token, wrong(guessed.code)),
    );
    refuseCrashes(tried);
    const compared = tried.filter(({ code, isSuccess }) => code === 'wrong_code' || isSuccess);
    if (compared.length === 0) throw new Unjudged('limited: no wrong code was compared');
    if (compared.length > TRIES) {
      throw new Breach(
        `${compared.length} of ${CODES_AT_ONCE} wrong codes at once were compared.`,
        compared.at(-1) ?? first,
      );
    }
    return `1 of ${CODES_AT_ONCE} right codes succeeded, ${compared.length} of ${CODES_AT_ONCE} wrong ones were compared`;
  },
};

/** All at once; once more after a rest where a request limit let none of them through. */
async function race(target: Target, act: () => Promise<Answer>): Promise<Answer[]> {
  const start = () => Promise.all(Array.from({ length: CODES_AT_ONCE }, act));
  const answers = await start();
  const [first] = answers as [Answer];
  return answers.every(({ isLimited }) => isLimited) && (await target.rest(first))
    ? start()
    : answers;
}

function refuseCrashes(answers: readonly Answer[]): void {
  const crashed = answers.find(({ status }) => status === 500);
  if (crashed) throw new Breach('One of many codes at once made it crash.', crashed);
}

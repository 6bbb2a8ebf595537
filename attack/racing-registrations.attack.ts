import type { Attack } from './attack.js';
import { Breach, Unjudged } from './verdict.js';

const REGISTRATIONS_AT_ONCE = 8;

export const racingRegistrations: Attack = {
  name: 'racing-registrations',
  tries: `${REGISTRATIONS_AT_ONCE} registrations of one username at once, each with a number of its own`,
  rule: 'docs/rules.md 6 and 8; ASVS 15.4.2, 2.3.4',
  failsWhen: 'two of them are taken, or one of them makes it crash',

  async run({ cast, phones }) {
    if (!phones.isEndless)
      throw new Unjudged(
        'needs the local inbox: elsewhere it would take one TEST_NUMBER for each try',
      );
    const username = cast.name();
    const answers = await Promise.all(
      Array.from({ length: REGISTRATIONS_AT_ONCE }, (_, index) =>
        cast.ask({
          username: index % 2 === 0 ? username : username.toUpperCase(),
          phoneNumber: phones.next(),
        }),
      ),
    );
    const crashed = answers.find(({ status }) => status === 500);
    if (crashed) throw new Breach('One of several registrations at once made it crash.', crashed);
    const taken = answers.filter(({ isSuccess }) => isSuccess);
    if (taken[1])
      throw new Breach(
        `${taken.length} of ${REGISTRATIONS_AT_ONCE} registrations of one username succeeded.`,
        taken[1],
      );
    if (taken.length === 0)
      throw new Unjudged(
        `limited: none of ${REGISTRATIONS_AT_ONCE} registrations was taken (${answers[0]?.code ?? ''})`,
      );
    return `1 of ${REGISTRATIONS_AT_ONCE} succeeded`;
  },
};

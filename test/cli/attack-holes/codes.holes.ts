import { ChallengesRepository } from '../../../src/phone-verification/challenges.repository.js';
import { replace, withoutEnd, type Hole } from './hole.js';

/** What a code may do, and how often one may be tried. */
export const CODE_HOLES: readonly Hole[] = [
  {
    attack: 'guessing',
    what: 'tries are not spent',
    told: /6 wrong codes of one session were compared/,
    dig: () => replace(ChallengesRepository, 'spendTry', () => Promise.resolve(true)),
  },
  {
    attack: 'guessing',
    what: 'no budget counts the codes of an account',
    told: /1[1-5] wrong codes of one account were compared, by new sessions/,
    dig: () =>
      withoutEnd(
        'wrong-codes',
        'wrong-codes-day',
        'wrong-codes-of-address',
        'code-accounts-of-address',
      ),
  },
  {
    attack: 'replay',
    what: 'a right code is not used up',
    told: /A used code was taken a second time/,
    dig: () => replace(ChallengesRepository, 'consume', () => Promise.resolve(true)),
  },
];

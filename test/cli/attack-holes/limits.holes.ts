import { PasswordBudgetsService } from '../../../src/auth/password-budgets.service.js';
import { replace, withoutEnd, type Hole } from './hole.js';

/** How often something may be tried. */
export const LIMIT_HOLES: readonly Hole[] = [
  {
    attack: 'password-guessing',
    what: 'wrong passwords are not counted',
    told: /11 wrong passwords of one account were compared/,
    dig: () => replace(PasswordBudgetsService, 'spend', () => Promise.resolve(null)),
  },
  {
    attack: 'password-guessing',
    what: 'those of one account are not counted',
    told: /11 wrong passwords of one account were compared/,
    dig: () => withoutEnd('wrong-passwords-here', 'wrong-passwords'),
  },
  {
    attack: 'password-spraying',
    what: 'the accounts of a network are not counted',
    told: /One password was compared on 34 accounts/,
    dig: () => replace(PasswordBudgetsService, 'noteWrong', () => Promise.resolve()),
  },
  {
    attack: 'pumping-by-address',
    what: 'the limit of an hour is far too high, that of a day stays',
    told: /12 registrations of one address all got a message/,
    dig: () => withoutEnd('address-hour'),
  },
  {
    attack: 'pumping-by-prefix',
    what: 'the limit of a block is gone',
    told: /5 numbers of one block got a message/,
    dig: () => withoutEnd('prefix-10-seconds'),
  },
];

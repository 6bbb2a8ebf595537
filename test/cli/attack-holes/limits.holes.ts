import { PasswordBudgets } from '../../../src/auth/password-budgets.service.js';
import { Budgets, type Claim } from '../../../src/rate-limit/budgets.js';
import { replace, type Hole } from './hole.js';

/** Claims of the named limits are never asked. */
const without = (...names: readonly string[]) =>
  replace(Budgets, 'take', (take, claims: Claim[]) => {
    const kept = claims.filter(({ rule }) => !names.includes(rule.name));
    claims.splice(0, claims.length, ...kept);
    return take();
  });

/** How often something may be tried. */
export const LIMIT_HOLES: readonly Hole[] = [
  {
    attack: 'password-guessing', what: 'wrong passwords are not counted',
    told: /11 wrong passwords of one account were compared/,
    dig: () => replace(PasswordBudgets, 'spend', () => Promise.resolve(null)),
  },
  {
    attack: 'password-guessing', what: 'those of one account are not counted',
    told: /11 wrong passwords of one account were compared/,
    dig: () => without('wrong-passwords-here', 'wrong-passwords'),
  },
  {
    attack: 'password-spraying', what: 'the accounts of a network are not counted',
    told: /One password was compared on 34 accounts/,
    dig: () => replace(PasswordBudgets, 'noteWrong', () => Promise.resolve()),
  },
  {
    attack: 'pumping-by-address', what: 'the limit of an hour is gone, that of a day stays',
    told: /12 registrations of one address all got a message/,
    dig: () => without('address-hour'),
  },
  {
    attack: 'pumping-by-prefix', what: 'the limit of a block is gone', told: /5 numbers of one block got a message/,
    dig: () => without('prefix-10-seconds'),
  },
];

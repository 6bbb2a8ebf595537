import { days } from '../common/clock.js';
import { DOUBTFUL_REFUNDS_A_DAY, WRONG_CODES } from '../common/limits/code-limits.js';
import { atMost, failuresInARow, failuresWithin } from '../rate-limit/rules.js';

const always = { always: true };

export const wrongCodes = failuresInARow(WRONG_CODES.inARow, 'wrong-codes');
export const wrongCodesDay = atMost(WRONG_CODES.aDay, days(1), 'wrong-codes-day', always);
export const wrongCodesOfAddress = failuresWithin(WRONG_CODES.ofAddress, 'wrong-codes-of-address');
export const codeAccountsOfAddress = failuresWithin(
  WRONG_CODES.accountsOfAddress,
  'code-accounts-of-address',
);
export const wrongCodesOfNumber = failuresInARow(WRONG_CODES.ofNumber, 'wrong-codes-of-number');
export const refundsDay = atMost(DOUBTFUL_REFUNDS_A_DAY, days(1), 'refunds-day', always);

import { days, hours, minutes } from '../common/clock.js';
import { atMost, failuresInARow, failuresWithin } from '../rate-limit/rules.js';

const always = { always: true };

/** Tries of one challenge. */
export const TRIES = 5;
/** A code works that long (NIST SP 800-63B-4, 3.1.3.2: at most 10 minutes). */
export const CODE_LIFE = minutes(10);
/** A resend with less than this left opens a new challenge. */
export const CODE_REST = minutes(2);
/** Tries given back to one challenge though the provider may have compared the code. */
export const DOUBTFUL_REFUNDS = 10;

/**
 * Wrong codes of one account in a row, over all its sessions and challenges (NIST SP 800-63B-4,
 * 3.2.2: 100 at most).
 */
export const wrongCodes = failuresInARow(
  { each: 10, firstWait: minutes(15), longestWait: days(1), lockAt: 100 },
  'wrong-codes',
);
/**
 * Wrong codes of one account or device a day, whatever right ones come between. Any 24 hours touch
 * two such days at most: 98 of a million codes, less than 1 in 10,000.
 */
export const wrongCodesDay = atMost(49, days(1), 'wrong-codes-day', always);
const perHour = { window: hours(1), firstWait: hours(1), longestWait: hours(4) };
/**
 * Wrong codes from one network, and at how many different accounts: one code tried on many.
 * Registrations apart from log-ins.
 */
export const wrongCodesOfAddress = failuresWithin(
  { each: 50, ...perHour },
  'wrong-codes-of-address',
);
export const codeAccountsOfAddress = failuresWithin(
  { each: 20, ...perHour },
  'code-accounts-of-address',
);
/**
 * Wrong codes for a number where a provider keeps codes by number: those of registrations, and
 * apart from them its owner's.
 */
export const wrongCodesOfNumber = failuresInARow(
  { each: 10, firstWait: minutes(15), longestWait: days(1), forget: days(1) },
  'wrong-codes-of-number',
);
/** Doubtful refunds of one account. */
export const refundsDay = atMost(20, days(1), 'refunds-day', always);

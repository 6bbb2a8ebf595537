import { days, minutes } from '../common/clock.js';
import { atMost, failuresInARow } from '../rate-limit/rules.js';

const always = { always: true };

/** Tries of one challenge. */
export const TRIES = 5;
/** A code works that long (NIST SP 800-63B-4, 3.1.3.2: at most 10 minutes). */
export const CODE_LIFE = minutes(10);
/** A resend with less than this left opens a new challenge. */
export const CODE_REST = minutes(2);
/** Tries given back to one challenge though the provider may have compared the code. */
export const DOUBTFUL_REFUNDS = 10;

/** Wrong codes of one account in a row, over all its sessions and challenges (NIST SP 800-63B-4, 3.2.2: 100 at most). */
export const wrongCodes = failuresInARow({ each: 10, firstWait: minutes(15), longestWait: days(1), lockAt: 100 }, 'wrong-codes');
/** Wrong codes for a number whose code a provider keeps by number; registrations apart from the owner. */
export const wrongCodesOfNumber = failuresInARow(
  { each: 10, firstWait: minutes(15), longestWait: days(1), forget: days(1) }, 'wrong-codes-of-number');
/** Doubtful refunds of one account. */
export const refundsDay = atMost(20, days(1), 'refunds-day', always);

import { days, hours, minutes } from '../clock.js';

/** Tries of one challenge. */
export const TRIES = 5;
/** A code works that long (NIST SP 800-63B-4, 3.1.3.2: at most 10 minutes). */
export const CODE_LIFE = minutes(10);
/** A resend with less than this left opens a new challenge. */
export const CODE_REST = minutes(2);
/** Tries given back to one challenge though the provider may have compared the code. */
export const DOUBTFUL_REFUNDS = 10;
/** And to one account a day. */
export const DOUBTFUL_REFUNDS_A_DAY = 20;

const perHour = { window: hours(1), firstWait: hours(1), longestWait: hours(4) };

export const WRONG_CODES = {
  /**
   * Of one account in a row, over all its sessions and challenges (NIST SP 800-63B-4, 3.2.2: 100 at
   * most).
   */
  inARow: { each: 10, firstWait: minutes(15), longestWait: days(1), lockAt: 100 },
  /**
   * Of one account or device a day, whatever right ones come between. Any 24 hours touch two such
   * days at most: 98 of a million codes, less than 1 in 10,000.
   */
  aDay: 49,
  /** From one network; registrations apart from log-ins. */
  ofAddress: { each: 50, ...perHour },
  /** And at how many different accounts: one code tried on many. */
  accountsOfAddress: { each: 20, ...perHour },
  /**
   * For a number where a provider keeps codes by number: those of registrations, and apart from
   * them its owner's.
   */
  ofNumber: { each: 10, firstWait: minutes(15), longestWait: days(1), forget: days(1) },
} as const;

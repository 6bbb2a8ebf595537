import { days, hours, minutes, seconds } from '../common/clock.js';
import { atMost, failuresInARow, growingWait } from '../rate-limit/rules.js';

const always = { always: true };

/** Tries of one challenge. */
export const TRIES = 5;
/** A code works that long (NIST SP 800-63B-4, 3.1.3.2: at most 10 minutes). */
export const CODE_LIFE = minutes(10);
/** A resend with less than this left opens a new challenge. */
export const CODE_REST = minutes(2);
/** Tries given back to one challenge though the provider may have compared the code. */
export const DOUBTFUL_REFUNDS = 10;

/** Between two messages to one number: Twilio's table. Forgotten after 10 quiet minutes. */
export const numberWait = growingWait([30, 40, 60, 90, 120].map(seconds), minutes(10), 'number-wait');

export const numberShort = atMost(5, minutes(10), 'number-10-minutes', always);
export const numberDay = atMost(10, days(1), 'number-day', always);
export const accountDay = atMost(10, days(1), 'account-day', always);
export const sessionShort = atMost(5, minutes(10), 'session-10-minutes', always);
export const addressHour = atMost(10, hours(1), 'address-hour');
export const addressDay = atMost(30, days(1), 'address-day');
/** Numbers that differ in their last four digits only, registrations only. */
export const prefixPause = atMost(1, seconds(10), 'prefix-10-seconds');
export const prefixHour = atMost(20, hours(1), 'prefix-hour');
export const countryDay = atMost(50, days(1), 'country-day');
export const homeCountryDay = atMost(1000, days(1), 'home-country-day');
/** Everything a day, and what of it registrations may use: the rest is the log-ins' reserve. */
export const allDay = atMost(5000, days(1), 'all-day');
export const registrationsDay = atMost(4000, days(1), 'registrations-day');

/** Wrong codes of one account in a row, over all its sessions and challenges (NIST SP 800-63B-4, 3.2.2: 100 at most). */
export const wrongCodes = failuresInARow({ each: 10, firstWait: minutes(15), longestWait: days(1), lockAt: 100 }, 'wrong-codes');
/**
 * Codes compared for one account in a day, right ones too, and forgotten by none: whenever the owner logs in the row above begins
 * anew, and a thief with the password would guess on. Twice this, less one, fall into the worst 24 hours: 99 of 1,000,000 codes.
 */
export const guessesDay = atMost(50, days(1), 'guesses-day', always);
/** Wrong codes for a number, of registrations; and of its owner, apart from them, where a provider keeps codes by number. */
export const wrongCodesOfNumber = failuresInARow(
  { each: 10, firstWait: minutes(15), longestWait: days(1), forget: days(1) }, 'wrong-codes-of-number');
/** Doubtful refunds of one account. */
export const refundsDay = atMost(20, days(1), 'refunds-day', always);

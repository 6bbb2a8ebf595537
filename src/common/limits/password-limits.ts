import { hours, minutes } from '../clock.js';
import { namedCounts } from './named-counts.js';

/**
 * Wrong passwords from one network (an IPv4 address, an IPv6 /64) in an hour: at how many different
 * accounts, and in all; and how much its right log-ins add to the first: a percentage of the
 * accounts that logged in from there within 14 days.
 */
export const PASSWORD_LIMITS = { accounts: 30, tries: 100, growth: 25 } as const;

export type PasswordLimits = Readonly<Record<keyof typeof PASSWORD_LIMITS, number>>;

/** `accounts:30,growth:50`: those not named keep their default. */
export const passwordLimits = namedCounts(PASSWORD_LIMITS);

export const WRONG_PASSWORDS = {
  /** In a row, of one account on one device or from one network. */
  here: { each: 10, firstWait: minutes(1), longestWait: hours(1), forget: hours(24) },
  /** Of one account, wherever they come from. */
  anywhere: { each: 100, firstWait: minutes(1), longestWait: minutes(15), forget: hours(24) },
  /** Of one network, as PASSWORD_LIMITS counts. */
  ofAddress: { window: hours(1), firstWait: hours(1), longestWait: hours(4) },
} as const;

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

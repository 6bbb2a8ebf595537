import { namedCounts } from './named-counts.js';

/**
 * What one network (an IPv4 address, an IPv6 /64) may do: requests a minute of any kind, those that
 * change something, those that log in, register, or confirm; and connections at the same time.
 * Enough for a lecture hall of 200 that registers, or logs in, within one minute, with pages of ten
 * requests a person (docs/limits.md).
 */
export const REQUEST_LIMITS = {
  any: 3000,
  unsafe: 800,
  login: 240,
  registration: 240,
  confirmation: 480,
  connections: 500,
} as const;

export type RequestLimitName = keyof typeof REQUEST_LIMITS;
export type RequestLimitSettings = Readonly<Record<RequestLimitName, number>>;

/** `any:3000,login:240`: those not named keep their default. */
export const requestLimits = namedCounts(REQUEST_LIMITS);

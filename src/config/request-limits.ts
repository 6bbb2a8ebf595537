import { namedCounts } from './named-counts.js';

/**
 * What one network (an IPv4 address, an IPv6 /64) may do: requests a minute of any kind, those that change something, those that
 * log in, register, or confirm; and connections at the same time.
 */
export const REQUEST_LIMITS = {
  any: 1200, unsafe: 240, login: 60, registration: 30, confirmation: 60, connections: 500,
} as const;

export type RequestLimitName = keyof typeof REQUEST_LIMITS;
export type RequestLimitSettings = Readonly<Record<RequestLimitName, number>>;

/** `any:1200,login:60`: those not named keep their default. */
export const requestLimits = namedCounts(REQUEST_LIMITS);

import { WINDOW } from './request-counter.js';
import type { LimitTally } from './request-limits.service.js';

/**
 * What a client has left, as draft-ietf-httpapi-ratelimit-headers says it in structured fields (RFC 9651): `r` requests in the
 * next `t` seconds, of a quota of `q` in `w`. Nothing of limits that are only recorded.
 */
export function rateLimitHeaders(tallies: readonly LimitTally[]): Record<string, string> {
  const held = tallies.filter(({ isHeld }) => isHeld);
  if (held.length === 0) return {};
  return {
    'ratelimit-policy': held
      .map(({ limit, most }) => `"${limit}";q=${most};w=${WINDOW / 1000}`)
      .join(', '),
    ratelimit: held.map(leftOf).join(', '),
  };
}

const leftOf = ({ limit, most, count, endsIn }: LimitTally): string =>
  `"${limit}";r=${Math.max(0, most - count)};t=${Math.max(0, Math.ceil(endsIn / 1000))}`;

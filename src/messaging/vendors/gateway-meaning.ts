import type { RefusalReason } from '../../phone-verification/providers/verification-provider.js';
import { retryAfterOf } from './gateway-reply.js';
import type { SendResult } from './sms-sender.js';

/** What a gateway's answer means to us. */
export interface Meaning {
  result: SendResult;
  /** One sentence for the operator, when nobody else can help. Names no key, code or number. */
  alarm?: string;
}

export const unavailable = (alarm?: string): Meaning => ({
  result: { outcome: 'unavailable' },
  alarm,
});
export const throttled: Meaning = { result: { outcome: 'throttled' } };
export const unknown: Meaning = { result: { outcome: 'unknown' } };
export const refused = (reason: RefusalReason): Meaning => ({
  result: { outcome: 'refused', reason },
});

/**
 * Answers of something between us and the gateway that lost the gateway's own (RFC 9110, 15.6.3 and
 * 15.6.5).
 */
const LOST_ON_THE_WAY = [502, 504];

/**
 * The meaning of an HTTP status without a word that we know. Whatever is no 2xx was not accepted; a
 * 2xx without the words of a success may have been.
 */
export function meaningOfHttp(status: number, badCredentials: Meaning): Meaning {
  if (status === 401 || status === 403) return badCredentials;
  if (status === 429) return throttled;
  return status < 300 || LOST_ON_THE_WAY.includes(status) ? unknown : unavailable();
}

/**
 * One meaning for a request that was refused for several reasons at once: what the operator must
 * mend first, for a wrong key makes every number look wrong; a number is refused only when all of
 * them say so.
 */
export function meaningOfAll(meanings: readonly [Meaning, ...Meaning[]]): Meaning {
  const withAlarm = meanings.find(({ alarm }) => alarm !== undefined);
  return withAlarm ?? meanings.find(({ result }) => result.outcome !== 'refused') ?? meanings[0];
}

/** Adds the wait that the answer asks for, if it is about waiting. */
export function withWait(meaning: Meaning, headers: Headers): Meaning {
  if (meaning.result.outcome !== 'throttled') return meaning;
  return { ...meaning, result: { outcome: 'throttled', retryAfter: retryAfterOf(headers) } };
}

import type { Exchange } from '../../common/net/bounded-fetch.js';
import type { RefusalReason, SendResult } from './sms-sender.js';

export type Answer = Extract<Exchange, { outcome: 'answered' }>;

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
export const sent = (reference?: string, segments?: number): Meaning => ({
  result: { outcome: 'sent', reference, segments },
});

/** What came of a send; what only the operator can mend goes to `log`. */
export function resultOf(
  exchange: Exchange,
  meaningOf: (answer: Answer) => Meaning,
  log?: (sentence: string) => void,
): SendResult {
  if (exchange.outcome === 'not_sent') return { outcome: 'unavailable' };
  if (exchange.outcome === 'lost') return { outcome: 'unknown' };
  const { result, alarm } = withWait(meaningOf(exchange), exchange.headers);
  if (alarm !== undefined) log?.(alarm);
  return result;
}

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
export function withWait({ result, alarm }: Meaning, headers: Headers): Meaning {
  if (result.outcome !== 'throttled') return { result, alarm };
  return { result: { ...result, retryAfter: retryAfterOf(headers) ?? result.retryAfter }, alarm };
}

/** Longer than any wait a gateway is known to ask for; a bigger number is a mistake, not a wish. */
const LONGEST_WAIT_SECONDS = 3600;

/**
 * The seconds a gateway asks us to wait, 1 to 3600; undefined when it named none or no sane number.
 * Only the delay form of `Retry-After` (RFC 9110, 10.2.3): a date is not worth trusting another
 * machine's clock for.
 */
export function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null || !/^[0-9]{1,4}$/.test(value)) return undefined;
  const seconds = Number(value);
  return seconds >= 1 && seconds <= LONGEST_WAIT_SECONDS ? seconds : undefined;
}

/**
 * What a gateway's answer says, as a JSON value; undefined when it is none, broke off or never
 * came. Trust no field of it.
 */
export function readJson(body: string | null): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
}

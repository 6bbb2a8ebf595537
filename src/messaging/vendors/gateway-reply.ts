/** Longer than any wait a gateway is known to ask for; a bigger number is a mistake, not a wish. */
const LONGEST_WAIT_SECONDS = 3600;

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

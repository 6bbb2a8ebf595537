import { z } from 'zod';
import type { Exchange } from '../../messaging/vendors/bounded-fetch.js';

/** Longer than any wait the API is known to ask for; a bigger number is a mistake, not a wish. */
const LONGEST_WAIT_SECONDS = 3600;

/**
 * Every field may be missing, null or of a wrong type: `error_code` is a string in the reference, a
 * number in some servers.
 */
const Body = z.object({
  success: z.boolean().optional().catch(undefined),
  error_code: z.union([z.string(), z.int()]).transform(String).nullish().catch('unreadable'),
  uuid: z.string().min(1).max(64).optional().catch(undefined),
});

/** An answer of the Authy API, read with suspicion. */
export interface AuthyReply {
  status: number;
  /** Exactly HTTP 200 with the JSON boolean `success: true` and no error code. */
  isSuccess: boolean;
  /** The server itself said no: a status that is no 2xx, or the JSON boolean `success: false`. */
  isRefusal: boolean;
  errorCode: string | undefined;
  uuid: string | undefined;
  /** Seconds to wait, when the server named a sane number. */
  retryAfter: number | undefined;
}

/**
 * Reads an answer; one that is no JSON object is neither a success nor, with a 2xx status, a
 * refusal.
 */
export function readReply({
  status,
  headers,
  body,
}: Extract<Exchange, { outcome: 'answered' }>): AuthyReply {
  const fields = Body.safeParse(parseJson(body)).data ?? {};
  const errorCode = fields.error_code ?? undefined;
  return {
    status,
    isSuccess: status === 200 && fields.success === true && errorCode === undefined,
    isRefusal: status >= 300 || fields.success === false,
    errorCode,
    uuid: fields.uuid,
    retryAfter: readRetryAfter(headers.get('retry-after')),
  };
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/**
 * The delay form of `Retry-After` (RFC 9110, 10.2.3); a date is not worth trusting another
 * machine's clock for.
 */
function readRetryAfter(header: string | null): number | undefined {
  if (header === null || !/^[0-9]{1,4}$/.test(header)) return undefined;
  const seconds = Number(header);
  return seconds >= 1 && seconds <= LONGEST_WAIT_SECONDS ? seconds : undefined;
}

import { z } from 'zod';
import { readJson, retryAfterOf } from '../gateway-reply.js';
import type { CheckResult } from '../../../phone-verification/providers/verification-provider.js';
import type { Exchange } from '../bounded-fetch.js';

const VERIFICATION_SID = /^VE[0-9a-fA-F]{32}$/;

/**
 * Fields of Twilio's schema, each of its own type: `valid: "true"` makes the whole answer
 * unreadable.
 */
const Verification = z.object({
  sid: z.string().regex(VERIFICATION_SID),
  to: z.string().nullish(),
  status: z.string(),
  valid: z.boolean().nullish(),
});

/** States of a verification that takes no more codes. */
const ENDED = ['canceled', 'deleted', 'expired', 'failed', 'max_attempts_reached'];

const Refusal = z.object({ code: z.int(), message: z.string().nullish().catch(null) });

/** An answer of Verify v2, read with suspicion. */
export interface TwilioReply {
  status: number;
  /** Twilio, or something on the way to it, said no: a status that is no 2xx. */
  isRefusal: boolean;
  /** A 2xx answer that is a whole verification. */
  verification: z.infer<typeof Verification> | undefined;
  /** Twilio's number for a refusal, e.g. 60203. */
  errorCode: number | undefined;
  /** A field of ours, other than the number, that Twilio finds invalid. */
  invalidField: 'Channel' | 'Locale' | undefined;
  /** Seconds to wait, when the server named a sane number. */
  retryAfter: number | undefined;
}

/** Reads an answer; a 2xx one that is no verification is neither a success nor a refusal. */
export function readReply({
  status,
  headers,
  body,
}: Extract<Exchange, { outcome: 'answered' }>): TwilioReply {
  const json = readJson(body);
  const isRefusal = status >= 300;
  const refusal = isRefusal ? Refusal.safeParse(json).data : undefined;
  return {
    status,
    isRefusal,
    verification: isRefusal ? undefined : Verification.safeParse(json).data,
    errorCode: refusal?.code,
    invalidField: fieldIn(refusal?.message ?? ''),
    retryAfter: retryAfterOf(headers),
  };
}

/**
 * The reference of a challenge when it is a verification of Twilio's: another provider may have
 * written it.
 */
export const sidOf = (reference: string | null): string | undefined =>
  reference !== null && VERIFICATION_SID.test(reference) ? reference : undefined;

/**
 * What a check says of the code, when it speaks of our verification. `status` and `valid` must
 * agree.
 */
export function verdictOf({ status, valid }: z.infer<typeof Verification>): CheckResult['outcome'] {
  if (status === 'approved') return valid === true ? 'right' : 'unknown';
  if (valid === true) return 'unknown';
  if (status === 'pending') return 'wrong';
  return ENDED.includes(status) ? 'gone' : 'unknown';
}

/** From "Invalid parameter: Channel": the message is where Twilio names it. */
function fieldIn(message: string): 'Channel' | 'Locale' | undefined {
  const name = /^Invalid parameter\W+(Channel|Locale)\b/.exec(message)?.[1];
  return name === 'Channel' || name === 'Locale' ? name : undefined;
}

import { z } from 'zod';
import type { Exchange } from '../bounded-fetch.js';
import { refused, unknown, withWait, type Meaning } from '../gateway-meaning.js';
import { readJson } from '../gateway-reply.js';
import { meaningOfError } from './plivo.errors.js';
import type { Probe } from '../sms-sender.js';

type Answer = Extract<Exchange, { outcome: 'answered' }>;

/**
 * Every field may be missing or of a wrong type. `error` is a sentence, or sentences by parameter.
 */
const Body = z.object({
  message_uuid: z.array(z.string().min(1).max(64)).optional().catch(undefined),
  invalid_number: z.array(z.unknown()).optional().catch(undefined),
  error: z.unknown().optional(),
});

const Fired = z.object({
  request_uuid: z.string().min(1).max(64),
  error: z.undefined().optional(),
});

/** Reads an answer of the Call API. Sent is what got a 201 and an id. */
export function readPlivoCallReply({ status, headers, body }: Answer): Meaning {
  const json = readJson(body);
  if (status >= 300) return refusalOf({ status, headers, body });
  const call = status === 201 ? Fired.safeParse(json).data : undefined;
  return call ? { result: { outcome: 'sent', reference: call.request_uuid } } : unknown;
}

/**
 * Reads an answer of the Message API to a text for one number. Sent is what got a 202 and one id.
 */
export function readPlivoReply({ status, headers, body }: Answer): Meaning {
  const {
    message_uuid: ids = [],
    invalid_number: invalid = [],
    error,
  } = Body.safeParse(readJson(body)).data ?? {};
  if (status >= 300) return refusalOf({ status, headers, body });
  if (status !== 202 || error !== undefined) return unknown;
  if (invalid.length > 0) return ids.length === 0 ? refused('invalid_number') : unknown;
  return ids.length === 1 ? { result: { outcome: 'sent', reference: ids[0] } } : unknown;
}

function refusalOf({
  status,
  headers,
  body,
}: Pick<Answer, 'status' | 'headers' | 'body'>): Meaning {
  const error = Body.safeParse(readJson(body)).data?.error;
  return withWait(
    meaningOfError(status, error === undefined ? '' : JSON.stringify(error)),
    headers,
  );
}

const Account = z.object({
  auth_id: z.string(),
  billing_mode: z.string().optional().catch(undefined),
  cash_credits: z.coerce.number().optional().catch(undefined),
});

/**
 * What an answer to a question for our account says of it; undefined when Plivo has no such words.
 */
export function readPlivoAccount({ status, body }: Answer): Probe | undefined {
  const account = status === 200 ? Account.safeParse(readJson(body)).data : undefined;
  if (account === undefined) return undefined;
  const isEmpty =
    account.billing_mode === 'prepaid' &&
    account.cash_credits !== undefined &&
    account.cash_credits <= 0;
  return isEmpty
    ? {
        isGood: false,
        sentence: 'Plivo accepts our credentials, but the account has no credit left.',
      }
    : { isGood: true, sentence: 'Plivo accepts our credentials.' };
}

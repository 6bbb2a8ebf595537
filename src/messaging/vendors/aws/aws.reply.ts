import { z } from 'zod';
import type { Exchange } from '../bounded-fetch.js';
import { badSignature, meaningOfAwsError, type AwsError } from './aws.errors.js';
import { meaningOfHttp, unknown, withWait, type Meaning } from '../gateway-meaning.js';
import { readJson } from '../gateway-reply.js';

type Answer = Extract<Exchange, { outcome: 'answered' }>;

const Sent = z.object({ MessageId: z.string().min(1).max(64) });

const word = z.string().catch('');
const Refusal = z.object({
  __type: word,
  Reason: word,
  Fields: z.array(z.object({ Name: z.string() })).catch([]),
});

/**
 * Reads an answer to SendTextMessage or SendVoiceMessage: 200 with an id, else an error's name,
 * HTTP 400 as a rule.
 */
export function readAwsReply(answer: Answer): Meaning {
  const { status, headers, body } = answer;
  if (status === 200) return meaningOfSent(readJson(body));
  const known = status >= 400 ? meaningOfAwsError(readAwsError(answer)) : undefined;
  return withWait(known ?? meaningOfHttp(status, badSignature), headers);
}

/**
 * The name stands in a header or in the body, with its namespace before it or an address behind
 * (AWS JSON 1.0 protocol).
 */
export function readAwsError({ headers, body }: Answer): AwsError {
  const { data } = Refusal.safeParse(readJson(body));
  const name = headers.get('x-amzn-errortype') ?? data?.__type ?? '';
  return {
    name: name.replace(/:.*$/s, '').replace(/^.*#/s, ''),
    reason: data?.Reason ?? '',
    fields: data?.Fields.map(({ Name }) => Name) ?? [],
  };
}

function meaningOfSent(json: unknown): Meaning {
  const { data } = Sent.safeParse(json);
  return data ? { result: { outcome: 'sent', reference: data.MessageId } } : unknown;
}

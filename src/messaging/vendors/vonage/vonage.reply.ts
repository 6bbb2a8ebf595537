import { z } from 'zod';
import type { Exchange } from '../bounded-fetch.js';
import {
  meaningOfAll,
  meaningOfHttp,
  unknown,
  withWait,
  type Meaning,
} from '../gateway-meaning.js';
import { readJson } from '../gateway-reply.js';
import type { Probe } from '../sms-sender.js';
import { badCredentials, meaningOfStatus } from './vonage.errors.js';

/** The status is a string of digits: a number is not what the API says. */
const Part = z.object({
  status: z.string(),
  'message-id': z.string().min(1).max(64).optional().catch(undefined),
});
const Body = z.object({
  'message-count': z.string().regex(/^[0-9]{1,3}$/),
  messages: z.tuple([Part], Part),
});

type Answer = Extract<Exchange, { outcome: 'answered' }>;
type Parts = z.infer<typeof Body>['messages'];

/**
 * Reads an answer of the SMS API: HTTP 200 whatever happened, with one entry for each message that
 * a long text takes.
 */
export function readVonageReply({ status, headers, body }: Answer): Meaning {
  const meaning =
    status === 200 ? meaningOfBody(readJson(body)) : meaningOfHttp(status, badCredentials);
  return withWait(meaning, headers);
}

function meaningOfBody(json: unknown): Meaning {
  const { data } = Body.safeParse(json);
  if (!data || Number(data['message-count']) !== data.messages.length) return unknown;
  return meaningOfParts(data.messages);
}

/** A text of which only a part was taken may reach the person in part. */
function meaningOfParts(parts: Parts): Meaning {
  const [failed, ...more] = parts
    .filter(({ status }) => status !== '0')
    .map(({ status }) => meaningOfStatus(status));
  if (!failed)
    return {
      result: { outcome: 'sent', reference: parts[0]['message-id'], segments: parts.length },
    };
  const meaning = meaningOfAll([failed, ...more]);
  return more.length + 1 === parts.length ? meaning : { ...unknown, alarm: meaning.alarm };
}

const Balance = z.object({ value: z.number() });

/**
 * What an answer to a question for our balance says of the account. An account that is billed later
 * may have none.
 */
export function readVonageBalance({ status, body }: Answer): Probe | undefined {
  const isBalance = status === 200 && Balance.safeParse(readJson(body)).success;
  return isBalance ? { isGood: true, sentence: 'Vonage accepts our credentials.' } : undefined;
}

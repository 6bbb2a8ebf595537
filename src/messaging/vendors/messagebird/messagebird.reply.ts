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
import { badKey, meaningOfError } from './messagebird.errors.js';
import type { Probe } from '../sms-sender.js';

type Answer = Extract<Exchange, { outcome: 'answered' }>;

/** What a recipient's status may be when the text or call was just accepted. */
const ACCEPTED = ['scheduled', 'sent', 'buffered', 'delivered', 'calling', 'answered'] as const;

const Recipient = z.object({
  status: z.enum(ACCEPTED),
  messagePartCount: z.int().positive().optional().catch(undefined),
});
const Created = z.object({
  id: z.string().min(1).max(64),
  recipients: z.object({ items: z.tuple([Recipient]) }),
});

const text = z.string().catch('');
const Refusal = z.object({
  errors: z.array(z.object({ code: z.int(), description: text, parameter: text })).min(1),
});

/**
 * Reads an answer to `POST /messages` or `/voicemessages`: 201 with the object made, else a list of
 * errors.
 */
export function readMessageBirdReply({ status, headers, body }: Answer): Meaning {
  const json = readJson(body);
  const meaning =
    status === 201
      ? meaningOfCreated(json)
      : (meaningOfErrors(status, json) ?? meaningOfHttp(status, badKey));
  return withWait(meaning, headers);
}

function meaningOfCreated(json: unknown): Meaning {
  const { data } = Created.safeParse(json);
  if (!data) return unknown;
  return {
    result: {
      outcome: 'sent',
      reference: data.id,
      segments: data.recipients.items[0].messagePartCount,
    },
  };
}

/**
 * These say enough by themselves: the list that comes with a wrong key finds fault with the number
 * as well.
 */
const CLEAR = [401, 403, 429];

/**
 * What the list says of a request that was refused. An error that we do not know leaves its part to
 * the HTTP status.
 */
function meaningOfErrors(status: number, json: unknown): Meaning | undefined {
  const isAboutTheRequest = status >= 400 && status < 500 && !CLEAR.includes(status);
  const errors = isAboutTheRequest ? (Refusal.safeParse(json).data?.errors ?? []) : [];
  const [first, ...more] = errors.map(
    (error) => meaningOfError(error) ?? meaningOfHttp(status, badKey),
  );
  return first && meaningOfAll([first, ...more]);
}

const Balance = z.object({ payment: z.string(), amount: z.number() });

/** What an answer to a question for our balance says of the account. */
export function readMessageBirdBalance({ status, body }: Answer): Probe | undefined {
  const { data } = Balance.safeParse(readJson(body));
  if (status !== 200 || !data) return undefined;
  const isEmpty = data.payment === 'prepaid' && data.amount <= 0;
  return isEmpty
    ? {
        isGood: false,
        sentence: 'MessageBird accepts our credentials, but the account has no credit left.',
      }
    : { isGood: true, sentence: 'MessageBird accepts our credentials.' };
}

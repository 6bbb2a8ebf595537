import { z } from 'zod';
import type { Exchange } from '../bounded-fetch.js';
import { meaningOfAwsError } from './aws.errors.js';
import { readAwsError } from './aws.reply.js';
import { readJson } from '../gateway-reply.js';
import type { Probe } from '../sms-sender.js';

type Answer = Extract<Exchange, { outcome: 'answered' }>;

const Attributes = z.object({
  AccountAttributes: z.array(z.object({ Name: z.string(), Value: z.string() })),
});

/**
 * What an answer to DescribeAccountAttributes says of the account; in the sandbox only numbers on a
 * list get messages.
 */
export function readAwsAccount(answer: Answer): Probe | undefined {
  if (answer.status !== 200) return readRefusal(answer);
  const attributes = Attributes.safeParse(readJson(answer.body)).data?.AccountAttributes;
  if (!attributes) return undefined;
  const isSandbox = attributes.some(
    ({ Name, Value }) => Name === 'ACCOUNT_TIER' && Value === 'SANDBOX',
  );
  return isSandbox
    ? bad(
        'AWS accepts our credentials, but holds the account in the sandbox: it sends to verified numbers only.',
      )
    : { isGood: true, sentence: 'AWS accepts our credentials.' };
}

function readRefusal(answer: Answer): Probe | undefined {
  const error = readAwsError(answer);
  const isPolicy = error.name === 'AccessDeniedException' && error.reason === '';
  if (isPolicy)
    return bad(
      'AWS does not let our key read the account: allow sms-voice:DescribeAccountAttributes in its policy.',
    );
  const alarm = meaningOfAwsError(error)?.alarm;
  return alarm === undefined ? undefined : bad(alarm);
}

const bad = (sentence: string): Probe => ({ isGood: false, sentence });

import { z } from 'zod';
import type { Channel } from '../../../phone-verification/challenge.entity.js';
import type { Exchange } from '../bounded-fetch.js';
import { meaningOfHttp, withWait, type Meaning } from '../gateway-meaning.js';
import { readJson } from '../gateway-reply.js';
import type { Probe } from '../sms-sender.js';
import { badCredentials, meaningOfCode } from './twilio.errors.js';

type Answer = Extract<Exchange, { outcome: 'answered' }>;

/**
 * Every field may be missing, null or of a wrong type. A refusal has `code`, a message that failed
 * at once `error_code`.
 */
const Body = z.object({
  sid: z.string().optional().catch(undefined),
  num_segments: z
    .string()
    .regex(/^[1-9]\d?$/)
    .transform(Number)
    .optional()
    .catch(undefined),
  code: z.int().optional().catch(undefined),
  error_code: z.int().nullish().catch(undefined),
});

const MESSAGE = /^(SM|MM)[0-9a-f]{32}$/i;
const CALL = /^CA[0-9a-f]{32}$/i;

/**
 * Reads an answer of the Messages or the Calls API. Sent is what got a 201, an id of its kind and
 * no error code.
 */
export function readTwilioReply({ status, headers, body }: Answer, channel: Channel): Meaning {
  const { sid = '', num_segments: segments, ...codes } = Body.safeParse(readJson(body)).data ?? {};
  const code = codes.code ?? codes.error_code ?? undefined;
  if (status === 201 && code === undefined && (channel === 'call' ? CALL : MESSAGE).test(sid)) {
    return { result: { outcome: 'sent', reference: sid, segments } };
  }
  return withWait(meaningOfCode(code) ?? meaningOfHttp(status, badCredentials), headers);
}

const Account = z.object({ status: z.string(), type: z.string().optional().catch(undefined) });

/**
 * What an answer to a question for our account says of it; undefined when Twilio has no such words.
 */
export function readTwilioAccount({ status, body }: Answer): Probe | undefined {
  const json = readJson(body);
  if (status !== 200) {
    const alarm = meaningOfCode(Body.safeParse(json).data?.code)?.alarm;
    return alarm === undefined ? undefined : { isGood: false, sentence: alarm };
  }
  const account = Account.safeParse(json).data;
  if (account === undefined) return undefined;
  if (account.status !== 'active') {
    return {
      isGood: false,
      sentence: 'Twilio accepts our credentials, but the account is not active.',
    };
  }
  const limits =
    account.type === 'Trial' ? ' It is a trial account: it sends to verified numbers only.' : '';
  return { isGood: true, sentence: `Twilio accepts our credentials.${limits}` };
}

import { z } from 'zod';
import { readJson } from '../gateway-reply.js';
import type { Probe } from '../../../phone-verification/providers/verification-provider.js';
import type { Exchange } from '../bounded-fetch.js';
import { meaningOf } from './twilio-verify.errors.js';
import { readReply } from './twilio-verify.reply.js';

const Service = z.object({ sid: z.string(), code_length: z.int() });

/**
 * Digits of every code that a person types here; a Verify service makes 4 to 10, as it is set up.
 */
const CODE_LENGTH = 6;

/**
 * Digits of the codes of a Verify service, in what Verify says of it; undefined when it is none of
 * Twilio's words.
 */
export const codeLengthIn = ({
  body,
}: Extract<Exchange, { outcome: 'answered' }>): number | undefined =>
  Service.safeParse(readJson(body)).data?.code_length;

/** What Verify says when asked for our service; undefined when it is none of Twilio's words. */
export function judgeService(
  answer: Extract<Exchange, { outcome: 'answered' }>,
  serviceSid: string,
): Probe | undefined {
  const reply = readReply(answer);
  if (reply.isRefusal) {
    const { alarm } = meaningOf(reply);
    return alarm === undefined ? undefined : { isGood: false, sentence: alarm };
  }
  const service = Service.safeParse(readJson(answer.body)).data;
  if (service?.sid !== serviceSid) return undefined;
  return service.code_length === CODE_LENGTH
    ? { isGood: true, sentence: 'Twilio accepts our credentials and knows our Verify service.' }
    : {
        isGood: false,
        sentence: `Our Verify service makes codes of ${service.code_length} digits: set it to ${CODE_LENGTH}.`,
      };
}

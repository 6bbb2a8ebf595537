import { z } from 'zod';
import type { Exchange } from '../bounded-fetch.js';
import { judgeService } from './twilio-verify.probe.js';
import { readJson } from '../gateway-reply.js';
import type { Probe } from '../sms-sender.js';

const Service = z.object({ sid: z.string(), custom_code_enabled: z.boolean().nullish() });

/** What an operator does about a Verify service that takes no codes of ours. */
export const NO_CUSTOM_CODES =
  'Our Verify service takes no codes made here: switch on "Custom Verification Code" in its settings in the Twilio console.';

/**
 * What Verify says when asked for our service: does it take codes made here? Their length is ours,
 * whatever the service's own codes have. Undefined when it is none of Twilio's words.
 */
export function judgeCustomCodes(
  answer: Extract<Exchange, { outcome: 'answered' }>,
  serviceSid: string,
): Probe | undefined {
  const service = answer.status === 200 ? Service.safeParse(readJson(answer.body)).data : undefined;
  if (service?.sid !== serviceSid) return judgeService(answer, serviceSid);
  return service.custom_code_enabled === true
    ? {
        isGood: true,
        sentence: 'Twilio accepts our credentials, and our Verify service takes codes made here.',
      }
    : { isGood: false, sentence: NO_CUSTOM_CODES };
}

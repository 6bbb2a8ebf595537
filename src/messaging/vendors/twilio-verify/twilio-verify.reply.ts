import { z } from 'zod';
import {
  readJson,
  refused,
  sent,
  throttled,
  unavailable,
  unknown,
  type Answer,
  type Meaning,
} from '../gateway-answer.js';
import { bad, good } from '../gateway-probe.js';
import type { Probe } from '../sms-sender.js';

/**
 * Seconds a verification lives. Only then, or once it is used or cancelled, its limits of 5 sends
 * and 5 checks end.
 */
const LIFE_OF_A_VERIFICATION = 600;

const usedUp: Meaning = { result: { outcome: 'throttled', retryAfter: LIFE_OF_A_VERIFICATION } };
/** The request was not looked at. */
export const badCredentials = unavailable(
  'Twilio does not accept our credentials (20003): check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.',
);

/** What an operator does about a Verify service that takes no codes of ours. */
export const NO_CUSTOM_CODES =
  'Our Verify service takes no codes made here: switch on "Custom Verification Code" in its settings in the Twilio console.';

/** Twilio's error codes (twilio.com/docs/api/errors). */
const MEANINGS: ReadonlyMap<number, Meaning> = new Map([
  [20003, badCredentials],
  [20005, unavailable('Twilio has suspended our account (20005): no code is sent or checked.')],
  [20008, unavailable('Verify does not take test credentials (20008): check TWILIO_AUTH_TOKEN.')],
  [
    20404,
    unavailable(
      'Twilio does not know our Verify service (20404): check TWILIO_VERIFY_SERVICE_SID.',
    ),
  ],
  [20429, throttled],
  [
    21608,
    unavailable('A trial account of Twilio serves only numbers confirmed in its console (21608).'),
  ],
  [60200, refused('invalid_number')],
  [60202, usedUp],
  [60203, usedUp],
  [60204, unavailable(NO_CUSTOM_CODES)],
  [60205, refused('landline')],
  [60212, throttled],
  [60220, refused('unsupported_country')],
  [
    60223,
    unavailable(
      'A channel is switched off in our Verify service (60223): switch on in its console what CHANNELS names.',
    ),
  ],
  [60238, refused('blocked')],
  [60410, refused('blocked')],
  [60605, refused('unsupported_country')],
]);

/**
 * Answers of something between us and Twilio that lost Twilio's own (RFC 9110, 15.6.3 and 15.6.5).
 */
const LOST_ON_THE_WAY = [502, 504];

/**
 * The meaning of a refused request. The code decides; the status only helps where no known code
 * came: a 401 and a 429 were never processed, what a gateway on the way says may hide a message
 * that went out, anything else was not accepted.
 */
export function meaningOfRefusal({ status, errorCode, invalidField }: VerifyReply): Meaning {
  if (errorCode === 60200 && invalidField) {
    return unavailable(
      `Verify does not take the ${invalidField} we ask for (60200): look at our service in the Twilio console.`,
    );
  }
  const known = errorCode === undefined ? undefined : MEANINGS.get(errorCode);
  if (known) return known;
  if (status === 401) return badCredentials;
  if (LOST_ON_THE_WAY.includes(status) && errorCode === undefined) return unknown;
  return status === 429 ? throttled : unavailable();
}

/** Sent is what got a 201 and a whole verification that waits for its code. */
export function meaningOfStart(answer: Answer): Meaning {
  const reply = readReply(answer);
  if (reply.isRefusal) return meaningOfRefusal(reply);
  const { status, verification } = reply;
  const isSent =
    status === 201 && verification?.status === 'pending' && verification.valid !== true;
  return isSent ? sent(verification.sid) : unknown;
}

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
const Refusal = z.object({ code: z.int(), message: z.string().nullish().catch(null) });

export type Verification = z.infer<typeof Verification>;

/** An answer of Verify v2, read with suspicion. */
export interface VerifyReply {
  status: number;
  /** Twilio, or something on the way to it, said no: a status that is no 2xx. */
  isRefusal: boolean;
  /** A 2xx answer that is a whole verification. */
  verification: Verification | undefined;
  /** Twilio's number for a refusal, e.g. 60203. */
  errorCode: number | undefined;
  /** A field of ours, other than the number, that Twilio finds invalid. */
  invalidField: string | undefined;
}

/** Reads an answer; a 2xx one that is no verification is neither a success nor a refusal. */
export function readReply({ status, body }: Answer): VerifyReply {
  const json = readJson(body);
  const isRefusal = status >= 300;
  const refusal = isRefusal ? Refusal.safeParse(json).data : undefined;
  return {
    status,
    isRefusal,
    verification: isRefusal ? undefined : Verification.safeParse(json).data,
    errorCode: refusal?.code,
    // From "Invalid parameter: Channel": the message is where Twilio names it.
    invalidField: /^Invalid parameter\W+(Channel|Locale)\b/.exec(refusal?.message ?? '')?.[1],
  };
}

/**
 * The reference of a challenge when it is a verification of Twilio's: another provider may have
 * written it.
 */
export const sidOf = (reference: string | null): string | undefined =>
  reference !== null && VERIFICATION_SID.test(reference) ? reference : undefined;

const Service = z.object({
  sid: z.string(),
  code_length: z.int().optional().catch(undefined),
  custom_code_enabled: z.boolean().nullish().catch(undefined),
});

/** What Verify says of a service; undefined when it is none of Twilio's words. */
export const serviceIn = ({ body }: Answer): z.infer<typeof Service> | undefined =>
  Service.safeParse(readJson(body)).data;

/**
 * Digits of every code that a person types here; a Verify service makes 4 to 10, as it is set up.
 */
const CODE_LENGTH = 6;

/** Whether our service makes codes such as we ask for. */
export function judgeService(answer: Answer, serviceSid: string): Probe | undefined {
  const reply = readReply(answer);
  if (reply.isRefusal) {
    const { alarm } = meaningOfRefusal(reply);
    return alarm === undefined ? undefined : bad(alarm);
  }
  const service = serviceIn(answer);
  if (service?.sid !== serviceSid || service.code_length === undefined) return undefined;
  return service.code_length === CODE_LENGTH
    ? good('Twilio accepts our credentials and knows our Verify service.')
    : bad(
        `Our Verify service makes codes of ${service.code_length} digits: set it to ${CODE_LENGTH}.`,
      );
}

/**
 * Whether our service takes codes made here. Their length is ours, whatever the service's own codes
 * have.
 */
export function judgeCustomCodes(answer: Answer, serviceSid: string): Probe | undefined {
  const service = answer.status === 200 ? serviceIn(answer) : undefined;
  if (service?.sid !== serviceSid) return judgeService(answer, serviceSid);
  return service.custom_code_enabled === true
    ? good('Twilio accepts our credentials, and our Verify service takes codes made here.')
    : bad(NO_CUSTOM_CODES);
}

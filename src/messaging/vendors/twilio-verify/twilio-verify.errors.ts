import type {
  CheckResult,
  RefusalReason,
  StartResult,
} from '../../../phone-verification/providers/verification-provider.js';
import type { TwilioReply } from './twilio-verify.reply.js';

/** What a refusal of Verify means to us. */
export interface Meaning {
  start: StartResult;
  check: CheckResult['outcome'];
  /** One sentence for the operator, when nobody else can help. Names no key, code or number. */
  alarm?: string;
}

/**
 * Seconds a verification lives. Only then, or once it is used or cancelled, its limits of 5 sends
 * and 5 checks end.
 */
const LIFE_OF_A_VERIFICATION = 600;

const unavailable: Meaning = { start: { outcome: 'unavailable' }, check: 'unknown' };
const throttled: Meaning = { start: { outcome: 'throttled' }, check: 'not_compared' };
const usedUp: StartResult = { outcome: 'throttled', retryAfter: LIFE_OF_A_VERIFICATION };
const refused = (reason: RefusalReason): Meaning => ({
  start: { outcome: 'refused', reason },
  check: 'unknown',
});
const alarming = (alarm: string, check = unavailable.check): Meaning => ({
  ...unavailable,
  check,
  alarm,
});

const badCredentials = alarming(
  'Twilio does not accept our credentials (20003): check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.',
  'not_compared',
);

/**
 * Answers of something between us and Twilio that lost Twilio's own (RFC 9110, 15.6.3 and 15.6.5).
 */
const LOST_ON_THE_WAY = [502, 504];
const lost: Meaning = { start: { outcome: 'unknown' }, check: 'unknown' };

/** Twilio's error codes (twilio.com/docs/api/errors). */
const MEANINGS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [20003, badCredentials],
  [20005, alarming('Twilio has suspended our account (20005): no code is sent or checked.')],
  [20008, alarming('Verify does not take test credentials (20008): check TWILIO_AUTH_TOKEN.')],
  [
    20404,
    alarming(
      'Twilio does not know our Verify service (20404): check TWILIO_VERIFY_SERVICE_SID.',
      'gone',
    ),
  ],
  [20429, throttled],
  [
    21608,
    alarming('A trial account of Twilio serves only numbers confirmed in its console (21608).'),
  ],
  [60200, refused('invalid_number')],
  // The code was not compared, and with this verification none will be any more: a new one helps.
  [60202, { start: usedUp, check: 'gone' }],
  [60203, { start: usedUp, check: 'not_compared' }],
  [60205, refused('landline')],
  [60212, throttled],
  [60220, refused('unsupported_country')],
  [
    60223,
    alarming(
      'A channel is switched off in our Verify service (60223): switch on in its console what CHANNELS names.',
    ),
  ],
  [60238, refused('blocked')],
  [60410, refused('blocked')],
  [60605, refused('unsupported_country')],
]);

/**
 * The meaning of a refused request. The code decides; the status only helps where no known code
 * came: a 401 and a 429 were never processed, what a gateway on the way says may hide a message
 * that went out, anything else was not accepted.
 */
export function meaningOf({ status, errorCode, invalidField }: TwilioReply): Meaning {
  if (errorCode === 60200 && invalidField) {
    return alarming(
      `Verify does not take the ${invalidField} we ask for (60200): look at our service in the Twilio console.`,
    );
  }
  const known = errorCode === undefined ? undefined : MEANINGS.get(errorCode);
  if (known) return known;
  if (status === 401) return badCredentials;
  if (LOST_ON_THE_WAY.includes(status) && errorCode === undefined) return lost;
  return status === 429 ? throttled : unavailable;
}

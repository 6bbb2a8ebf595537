import { refused, throttled, unavailable, type Meaning } from '../gateway-meaning.js';

export const badCredentials = unavailable(
  'Twilio does not accept our credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.',
);
const account = unavailable('Twilio says that our account is not active: no message is sent.');
const sender = unavailable(
  'Twilio cannot send from our number or messaging service: check TWILIO_FROM.',
);
const trial = unavailable('Twilio sends to verified numbers only, for our account is a trial one.');
const callback = unavailable('Twilio does not take our address for receipts: check PUBLIC_URL.');

/**
 * Codes of Twilio's "Error and Warning Dictionary" that the Messages and the Calls API answer with,
 * by what they mean to us.
 */
const MEANINGS: readonly (readonly [Meaning, readonly number[]])[] = [
  [refused('invalid_number'), [13223, 13224, 21201, 21211, 21217, 21265, 21266]],
  [refused('landline'), [21614, 21635, 30006]],
  [refused('unsupported_country'), [13227, 21215, 21408, 32205]],
  [refused('unreachable'), [21214, 21612, 30003, 30005]],
  [refused('opted_out'), [21610]],
  [refused('blocked'), [21202, 21216, 21268, 30004, 30007, 30450]],
  [throttled, [10004, 14107, 20429, 21611, 30001, 30022, 63038]],
  [badCredentials, [20003, 20008, 20404]],
  [account, [10001, 20005, 30002]],
  [sender, [21210, 21212, 21213, 21603, 21606, 21659, 21660, 21661, 21703, 21704, 21705, 30034]],
  [trial, [21219, 21267, 21608]],
  [callback, [21609]],
];

const BY_CODE = new Map(
  MEANINGS.flatMap(([meaning, codes]) => codes.map((code) => [code, meaning] as const)),
);

/** What an error code means; undefined for none and for one we do not know. */
export const meaningOfCode = (code: number | undefined): Meaning | undefined =>
  code === undefined ? undefined : BY_CODE.get(code);

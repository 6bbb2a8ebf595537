import { meaningOfHttp, refused, unavailable, type Meaning } from '../gateway-meaning.js';

const badCredentials = unavailable(
  'Plivo does not accept our credentials: check PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN.',
);
const noCredit = unavailable('Plivo sends nothing, for our account has no credit.');
const badSender = unavailable('Plivo cannot send from our number: check PLIVO_FROM.');
const badCallback = unavailable('Plivo does not take our address for receipts: check PUBLIC_URL.');
const forbidden = unavailable(
  'Plivo forbids our account to send: see the account and its Geo Permissions in its console.',
);

/**
 * A refused message comes with a sentence, never with a code: it is read for the parameter or the
 * matter that it names.
 */
const WORDS: readonly (readonly [RegExp, Meaning])[] = [
  [/\b(credits?|balance|recharge)\b/i, noCredit],
  [/\b(src|source|sender|caller ?id|powerpack(_uuid)?)\b/i, badSender],
  [/\b(countr(y|ies)|region|geo)\b/i, refused('unsupported_country')],
  [/\b(dst|destination|phone number)\b/i, refused('invalid_number')],
  [/\burl\b/i, badCallback],
];

/**
 * Statuses that are about the one request, and so have a sentence worth reading (Plivo, "API
 * response").
 */
const ABOUT_THE_REQUEST = [400, 403];

const BY_STATUS: ReadonlyMap<number, Meaning> = new Map([
  [402, noCredit],
  [403, forbidden],
  [404, badCredentials],
]);

/** The meaning of an answer that is no success; `sentence` is the error it names. */
export function meaningOfError(status: number, sentence: string): Meaning {
  const said = ABOUT_THE_REQUEST.includes(status)
    ? WORDS.find(([words]) => words.test(sentence))?.[1]
    : undefined;
  return said ?? BY_STATUS.get(status) ?? meaningOfHttp(status, badCredentials);
}

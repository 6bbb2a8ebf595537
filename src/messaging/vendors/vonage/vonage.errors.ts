import { refused, throttled, unavailable, unknown, type Meaning } from '../gateway-meaning.js';

const say = (code: string, sentence: string): Meaning =>
  unavailable(`The SMS gateway Vonage ${sentence} (${code}).`);

/**
 * The statuses of the SMS API (Vonage, "SMS API Errors"); everything but `0` means that the message
 * was not accepted. 6 reads "unable to process this message, for example, an unrecognized number
 * prefix": that may as well be the account, so no number is refused for it.
 */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['1', throttled],
  ['2', say('2', 'misses something in our requests: check VONAGE_FROM')],
  ['3', say('3', 'finds something in our requests invalid: check VONAGE_FROM')],
  ['4', say('4', 'does not accept our credentials: check VONAGE_API_KEY and VONAGE_API_SECRET')],
  ['5', unavailable()],
  ['6', unavailable()],
  ['7', refused('blocked')],
  ['8', say('8', 'has suspended our account: nothing is sent')],
  ['9', say('9', 'has no credit of ours left: nothing is sent')],
  ['10', throttled],
  ['11', say('11', 'does not serve our account by its SMS API')],
  ['12', say('12', 'finds our text too long')],
  ['13', unavailable()],
  ['14', say('14', 'wants signed requests from our account: have it accept VONAGE_API_SECRET')],
  ['15', say('15', 'does not let us send under this name to some country: check VONAGE_FROM')],
  ['22', unavailable()],
  ['23', say('23', 'does not take our address for receipts: check PUBLIC_URL')],
  ['29', say('29', 'holds our account in demo mode: it sends to listed numbers only')],
  ['32', say('32', 'wants signed requests from our account: have it accept VONAGE_API_SECRET')],
  ['33', refused('unreachable')],
]);

/**
 * The meaning of a message's status other than `0`; of one that is not documented nobody knows what
 * became of the message.
 */
export const meaningOfStatus = (status: string): Meaning => MEANINGS.get(status) ?? unknown;

/** For an HTTP status that says the same without a word: 401, 403. */
export const badCredentials = meaningOfStatus('4');

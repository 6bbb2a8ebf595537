import { refused, unavailable, type Meaning } from '../gateway-meaning.js';

/** One of the errors of an answer. */
export interface MessageBirdError {
  code: number;
  description: string;
  /** The field it is about. */
  parameter: string;
}

const say = (code: number, sentence: string): Meaning =>
  unavailable(`The SMS gateway MessageBird ${sentence} (${code}).`);

const RECIPIENT = /^recipients?$/;
/**
 * The same words with a note about a test period say that the account may write to its owner only.
 */
const NO_RECIPIENT = 'no (correct) recipients found';

/**
 * The meaning of an error (MessageBird, "API Errors"); undefined for a code that is not documented
 * there.
 */
export function meaningOfError({
  code,
  description,
  parameter,
}: MessageBirdError): Meaning | undefined {
  const isRecipient = RECIPIENT.test(parameter);
  switch (code) {
    case 2:
      return say(2, 'does not accept our key: check MESSAGEBIRD_ACCESS_KEY');
    case 9:
      if (isRecipient && description === NO_RECIPIENT) return refused('invalid_number');
      return say(
        9,
        'misses something in our requests, or sends to the owner of a test account only',
      );
    case 10:
      return isRecipient
        ? refused('invalid_number')
        : say(10, 'finds something in our requests invalid: check MESSAGEBIRD_FROM');
    case 20:
    case 98:
      return say(code, 'does not know the address of our requests: check MESSAGEBIRD_URL');
    case 21:
    case 99:
      return unavailable();
    case 25:
      return say(25, 'has no credit of ours left: nothing is sent');
    default:
      return undefined;
  }
}

/** For an HTTP status that says the same without a word: 401, 403. */
export const badKey = say(401, 'does not accept our key: check MESSAGEBIRD_ACCESS_KEY');

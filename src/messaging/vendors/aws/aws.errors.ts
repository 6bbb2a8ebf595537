import { refused, throttled, unavailable, type Meaning } from '../gateway-meaning.js';

/** An error of the API: its name without namespace, and what it says of the reason. */
export interface AwsError {
  name: string;
  reason: string;
  /** The fields that a validation is about. */
  fields: readonly string[];
}

const say = (name: string, sentence: string): Meaning =>
  unavailable(`AWS End User Messaging ${sentence} (${name}).`);

const CREDENTIALS =
  'does not accept our signature: check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and our clock';

/**
 * AWS does not know who we are, by key, signature or time: its common errors, by their several
 * spellings.
 */
const STRANGERS: ReadonlySet<string> = new Set([
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'InvalidClientTokenId',
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
]);

/**
 * Reasons about the number or its country, not about us (the API's ConflictException and
 * ValidationException).
 */
const ABOUT_THE_NUMBER: ReadonlyMap<string, Meaning> = new Map([
  ['DESTINATION_PHONE_NUMBER_OPTED_OUT', refused('opted_out')],
  ['DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE', refused('blocked')],
  ['DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION', refused('unsupported_country')],
  ['DESTINATION_COUNTRY_BLOCKED', refused('unsupported_country')],
  ['COUNTRY_NOT_ENABLED', refused('unsupported_country')],
]);

/**
 * The meaning of an error (AWS End User Messaging SMS and Voice v2 API); undefined for one that is
 * not documented there.
 */
export function meaningOfAwsError(error: AwsError): Meaning | undefined {
  const { name, reason } = error;
  if (STRANGERS.has(name)) return badSignature;
  switch (name) {
    case 'ThrottlingException':
      return throttled;
    case 'InternalServerException':
      return unavailable();
    case 'AccessDeniedException':
      return deniedFor(reason);
    case 'ValidationException':
    case 'ConflictException':
      return ABOUT_THE_NUMBER.get(reason) ?? meaningOfRequest(error);
    case 'ResourceNotFoundException':
      return say(
        name,
        'does not know our sender or configuration set: check AWS_SMS_FROM and AWS_SMS_CONFIGURATION_SET',
      );
    case 'ServiceQuotaExceededException':
      return quotaOf(reason);
    default:
      return undefined;
  }
}

/** For an HTTP status that says the same without a word: 401, 403. */
export const badSignature = say('UnrecognizedClientException', CREDENTIALS);

function deniedFor(reason: string): Meaning {
  if (reason === 'ACCOUNT_DISABLED' || reason === 'INSUFFICIENT_ACCOUNT_REPUTATION') {
    return say(reason, 'has closed our account: nothing is sent');
  }
  return say(
    'AccessDeniedException',
    'does not allow our key to send: check the policy of AWS_ACCESS_KEY_ID',
  );
}

function meaningOfRequest({ name, reason, fields }: AwsError): Meaning {
  if (reason === 'DESTINATION_PHONE_NUMBER_NOT_VERIFIED') {
    return say(reason, 'holds our account in the sandbox: it sends to verified numbers only');
  }
  const isNumber =
    fields.length > 0 && fields.every((field) => field.toLowerCase() === 'destinationphonenumber');
  return isNumber
    ? refused('invalid_number')
    : say(name, 'cannot use our sender or text for this request: check AWS_SMS_FROM');
}

/** A call limit is one number's for a day; what we may spend is for all. */
function quotaOf(reason: string): Meaning {
  if (reason === 'DAILY_DESTINATION_CALL_LIMIT') return throttled;
  return say(
    'ServiceQuotaExceededException',
    'has reached a limit of our account, such as the monthly spend',
  );
}

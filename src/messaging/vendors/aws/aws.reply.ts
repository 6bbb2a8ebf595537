import { z } from 'zod';
import {
  meaningOfHttp,
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

const say = (name: string, sentence: string): Meaning =>
  unavailable(`AWS End User Messaging ${sentence} (${name}).`);

const badSignature = say(
  'UnrecognizedClientException',
  'does not accept our signature: check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and our clock',
);

/**
 * AWS does not know who we are, by key, signature or time: its common errors, by their several
 * spellings.
 */
const STRANGERS: readonly string[] = [
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
];

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

/** An error of the API: its name without namespace, what it says of the reason, and its fields. */
interface AwsError {
  name: string;
  reason: string;
  fields: readonly string[];
}

/**
 * The meaning of an error (AWS End User Messaging SMS and Voice v2 API); undefined for one that is
 * not documented there.
 */
function meaningOfError(error: AwsError): Meaning | undefined {
  const { name, reason } = error;
  if (STRANGERS.includes(name)) return badSignature;
  switch (name) {
    case 'ThrottlingException':
      return throttled;
    case 'InternalServerException':
      return unavailable();
    case 'AccessDeniedException':
      return reason === 'ACCOUNT_DISABLED' || reason === 'INSUFFICIENT_ACCOUNT_REPUTATION'
        ? say(reason, 'has closed our account: nothing is sent')
        : say(name, 'does not allow our key to send: check the policy of AWS_ACCESS_KEY_ID');
    case 'ValidationException':
    case 'ConflictException':
      return ABOUT_THE_NUMBER.get(reason) ?? meaningOfRequest(error);
    case 'ResourceNotFoundException':
      return say(
        name,
        'does not know our sender or configuration set: check AWS_SMS_FROM and AWS_SMS_CONFIGURATION_SET',
      );
    case 'ServiceQuotaExceededException':
      // A call limit is one number's for a day; what we may spend is for all.
      return reason === 'DAILY_DESTINATION_CALL_LIMIT'
        ? throttled
        : say(name, 'has reached a limit of our account, such as the monthly spend');
    default:
      return undefined;
  }
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

const Sent = z.object({ MessageId: z.string().min(1).max(64) });
const word = z.string().catch('');
const Refusal = z.object({
  __type: word,
  Reason: word,
  Fields: z.array(z.object({ Name: z.string() })).catch([]),
});

/**
 * An answer to SendTextMessage or SendVoiceMessage: 200 with an id, else an error's name, HTTP 400
 * as a rule.
 */
export function readAwsReply(answer: Answer): Meaning {
  const { status, body } = answer;
  if (status === 200) {
    const { data } = Sent.safeParse(readJson(body));
    return data ? sent(data.MessageId) : unknown;
  }
  const known = status >= 400 ? meaningOfError(errorIn(answer)) : undefined;
  return known ?? meaningOfHttp(status, badSignature);
}

/**
 * The name stands in a header or in the body, with its namespace before it or an address behind
 * (AWS JSON 1.0 protocol).
 */
function errorIn({ headers, body }: Answer): AwsError {
  const { data } = Refusal.safeParse(readJson(body));
  const name = headers.get('x-amzn-errortype') ?? data?.__type ?? '';
  return {
    name: name.replace(/:.*$/s, '').replace(/^.*#/s, ''),
    reason: data?.Reason ?? '',
    fields: data?.Fields.map(({ Name }) => Name) ?? [],
  };
}

const Attribute = z.object({ Name: z.string(), Value: z.string() });
const Attributes = z.object({ AccountAttributes: z.array(Attribute) });

/**
 * What an answer to DescribeAccountAttributes says of the account; in the sandbox only numbers on a
 * list get messages.
 */
export function readAwsAccount(answer: Answer): Probe | undefined {
  if (answer.status !== 200) return judgeError(errorIn(answer));
  const attributes = Attributes.safeParse(readJson(answer.body)).data?.AccountAttributes;
  if (!attributes) return undefined;
  return attributes.some(({ Name, Value }) => Name === 'ACCOUNT_TIER' && Value === 'SANDBOX')
    ? bad(
        'AWS accepts our credentials, but holds the account in the sandbox: it sends to verified numbers only.',
      )
    : good('AWS accepts our credentials.');
}

function judgeError(error: AwsError): Probe | undefined {
  if (error.name === 'AccessDeniedException' && error.reason === '')
    return bad(
      'AWS does not let our key read the account: allow sms-voice:DescribeAccountAttributes in its policy.',
    );
  const alarm = meaningOfError(error)?.alarm;
  return alarm === undefined ? undefined : bad(alarm);
}

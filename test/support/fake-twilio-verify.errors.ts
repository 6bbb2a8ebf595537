import type { Answer } from './fake-authy.errors.js';

/**
 * Error codes of Twilio with their HTTP status and sentence. Kept apart from the product's own
 * table.
 */
export const TWILIO_ERRORS = {
  '20003': { status: 401, message: 'Authenticate' },
  '20005': { status: 403, message: 'Account not active' },
  '20008': { status: 403, message: 'Resource not accessible with Test Account Credentials' },
  '20404': { status: 404, message: 'The requested resource was not found' },
  '20429': { status: 429, message: 'Too many requests' },
  '21608': {
    status: 400,
    message: 'The number is unverified. Trial accounts cannot send messages to unverified numbers.',
  },
  '60200': { status: 400, message: 'Invalid parameter' },
  '60202': { status: 429, message: 'Max check attempts reached' },
  '60203': { status: 429, message: 'Max send attempts reached' },
  '60205': { status: 403, message: 'SMS is not supported by landline phone number' },
  '60212': { status: 429, message: 'Too many concurrent requests for phone number' },
  '60220': { status: 400, message: 'Messages to China require use case vetting' },
  '60221': { status: 400, message: 'No target verification specified' },
  '60223': { status: 400, message: 'Delivery channel disabled: SMS' },
  '60238': { status: 403, message: 'Verification creation attempt is blocked by Twilio' },
  '60410': {
    status: 403,
    message: 'The destination phone number has been temporarily blocked by Twilio',
  },
  '60605': {
    status: 403,
    message: 'The destination phone number has been blocked by Verify Geo-Permissions',
  },
} as const;

/** The answer to a code of ours where the service takes none (error 60204). */
export const CUSTOM_CODE_NOT_ALLOWED: Answer = {
  status: 403,
  body: {
    code: 60204,
    message: 'Custom code not allowed',
    more_info: 'https://www.twilio.com/docs/errors/60204',
    status: 403,
  },
};

export type TwilioErrorCode = keyof typeof TWILIO_ERRORS;

/** The error body of the API; `code` is a number there. */
export function refusal(
  code: TwilioErrorCode,
  message: string = TWILIO_ERRORS[code].message,
): Answer {
  const { status } = TWILIO_ERRORS[code];
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  return { status, body: { code: Number(code), message, more_info, status } };
}

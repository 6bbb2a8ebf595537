/**
 * Error codes of the Phone Verification API v1 with their HTTP status and sentence. Kept apart from
 * the product's own table.
 */
export const AUTHY_ERRORS = {
  '60000': { status: 400, message: 'An error occurred' },
  '60001': { status: 401, message: 'Invalid API key' },
  '60002': { status: 400, message: 'Invalid request' },
  '60003': { status: 429, message: 'DoS protection' },
  '60004': { status: 400, message: 'Invalid parameter' },
  '60005': { status: 400, message: 'UTF-8 invalid' },
  '60021': { status: 403, message: "Phone verification couldn't be created" },
  '60022': { status: 401, message: 'Verification code is incorrect' },
  '60023': { status: 404, message: 'No pending verifications found.' },
  '60033': { status: 400, message: 'Phone number is invalid' },
  '60042': { status: 400, message: 'uuid or phone number is required' },
  '60060': { status: 503, message: 'Account is suspended' },
  '60078': { status: 403, message: 'Invalid country code' },
  '60082': { status: 403, message: 'Cannot send SMS to landline phone numbers' },
  '60083': { status: 403, message: 'Phone number not provisioned with any carrier' },
} as const;

export type AuthyErrorCode = keyof typeof AUTHY_ERRORS;

/** An answer before it becomes HTTP. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON, a string as it is. */
  body: object | string;
}

/** The error body of the API; `error_code` is a string there. */
export function refusal(
  code: AuthyErrorCode,
  message: string = AUTHY_ERRORS[code].message,
): Answer {
  return {
    status: AUTHY_ERRORS[code].status,
    body: { error_code: code, message, errors: { message }, success: false },
  };
}

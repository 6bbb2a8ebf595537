interface ErrorRow {
  status: number;
  title: string;
}

/**
 * Every refusal the product knows: its HTTP status and the sentence people read. Faces translate,
 * nobody else.
 */
export const ERROR_TABLE = {
  malformed_request: { status: 400, title: 'The request could not be understood.' },
  invalid_credentials: { status: 401, title: 'Sorry, that login was invalid. Please try again.' },
  unauthenticated: { status: 401, title: 'Please log in.' },
  confirmation_required: { status: 403, title: 'Confirm your phone number first.' },
  password_change_required: { status: 403, title: 'Choose a new password first.' },
  step_up_required: { status: 403, title: 'This needs a fresh proof of your phone.' },
  forbidden: { status: 403, title: 'You may not do that.' },
  cross_site_request: {
    status: 403,
    title: 'This request came from another site and was refused.',
  },
  not_found: { status: 404, title: 'There is nothing here.' },
  method_not_allowed: { status: 405, title: 'This address does not answer that method.' },
  request_timeout: { status: 408, title: 'The request took too long to arrive.' },
  no_pending_confirmation: {
    status: 409,
    title: 'There is nothing to confirm. Ask for a new code.',
  },
  username_taken: { status: 409, title: 'A user with that username already exists.' },
  phone_number_taken: { status: 409, title: 'Another user with this phone number already exists' },
  idempotency_key_in_use: {
    status: 409,
    title:
      'The first request with this Idempotency-Key is still running. Please send it again in a moment.',
  },
  payload_too_large: { status: 413, title: 'The request is too large.' },
  unsupported_media_type: { status: 415, title: 'This content type is not supported.' },
  validation_failed: { status: 422, title: 'Some fields need another look.' },
  idempotency_key_reused: {
    status: 422,
    title: 'This Idempotency-Key came with another request before.',
  },
  wrong_code: { status: 422, title: 'Verification code is incorrect' },
  too_many_attempts: { status: 429, title: 'Too many attempts. Please wait before you try again.' },
  too_many_requests: { status: 429, title: 'Too many requests. Please wait before you ask again.' },
  headers_too_large: { status: 431, title: 'The headers of the request are too large.' },
  internal_error: { status: 500, title: 'Something went wrong on our side. Please try again.' },
  provider_unavailable: { status: 503, title: 'verification code not sent.' },
  bot_check_unavailable: {
    status: 503,
    title:
      'The check against robots is out of order. Please register again: another check takes its place.',
  },
  busy: { status: 503, title: 'We are busy right now. Please try again in a moment.' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERROR_TABLE;

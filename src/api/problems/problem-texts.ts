import type { ErrorCode } from '../../common/errors/error-table.js';

/**
 * What each code means, and what to do: a test compares these texts with docs/errors.md. Text in
 * backticks is code.
 */
export const PROBLEM_TEXTS: Readonly<Record<ErrorCode, string>> = {
  malformed_request:
    'The request is not JSON, has wrong types, unknown or duplicate fields (`errors` names ' +
    'them), or too much nesting or content. Correct the request.',
  invalid_credentials:
    'Username or password is wrong, or the account is inactive. The answer does not say ' +
    'which.',
  unauthenticated:
    'The token is missing, unknown, or has ended. Log in. `detail` says so when the ' +
    'session ended with the code that it waited for.',
  confirmation_required: 'The session waits for its code: `POST /session/confirmation`.',
  password_change_required: 'The person must choose a new password first: `PUT /me/password`.',
  step_up_required:
    'This needs a fresh proof of the phone. A code was asked for; `confirmation` says for ' +
    'what, and whether it went out. Send the code, then repeat the call.',
  forbidden:
    'This account may not do that. `PUT /session/phone-number` is only for a session that ' +
    'got `phone_number_taken`.',
  cross_site_request: 'A browser sent this from another site.',
  not_found: 'There is nothing here, or it belongs to somebody else.',
  method_not_allowed: 'The address exists; `Allow` names its methods.',
  request_timeout:
    'The request did not arrive in time: 8 seconds for the headers, 10 for the whole.',
  no_pending_confirmation:
    'There is nothing to confirm. If this session had a code, `errors` says at `/code` ' +
    'what became of it: `expired`, `used` or `withdrawn` (the account changed). Ask for a ' +
    'new code. But if `detail` says that another request has just confirmed it (a double ' +
    'submit), go on with the token of that answer.',
  username_taken:
    'Usernames are public; choose another one. The same username, number and password ' +
    'continue an unfinished registration instead: 201, a new token (the old one is dead) ' +
    "and the same code. The code is sent again only after the number's wait, and the names " +
    'typed last are kept.',
  phone_number_taken:
    'Another account has proven this number; you learn it only after the right code. An ' +
    'unfinished registration is gone: register again. A member keeps the account, and the ' +
    'answer has a new `token` (the old one is dead): go on by `PUT /session/phone-number`. ' +
    '`resend` answers the same until there is a new number.',
  idempotency_key_in_use:
    'The first call with this `Idempotency-Key` is still running. Send it again after ' +
    '`retry_after` seconds.',
  payload_too_large: 'The body has more than 100 kB.',
  unsupported_media_type: 'Programs send `application/json`.',
  validation_failed:
    'The request is well-formed but refused: `errors` names the fields, each with a code ' +
    'and a sentence.',
  idempotency_key_reused:
    'This `Idempotency-Key` came with another body before. Take a new key for a new call.',
  wrong_code:
    '`attempts_left` says how many tries remain; at 0, ask for a new code. If the code ' +
    'came with an earlier message of this session, `errors` says at `/code` what became of ' +
    'it: `expired`, `used`, `withdrawn` or `replaced`.',
  too_many_attempts: 'There were too many wrong codes or passwords. Wait `retry_after` seconds.',
  too_many_requests:
    'There were too many requests or messages in a short time. Wait `retry_after` seconds.',
  headers_too_large: 'The headers have more than 16 kB, or are more than 100.',
  internal_error: 'Our fault; `request_id` finds it in the log.',
  provider_unavailable:
    'The code could not be sent or checked now. Nothing is lost; try again after ' +
    '`retry_after` seconds.',
  bot_check_unavailable:
    'The service that tells people from robots gave no clear answer. Ask `GET ' +
    '/registration/bot-check` again: another check takes its place.',
  busy:
    'The database or the password check is at its limit. Try again after `retry_after` ' +
    'seconds.',
};

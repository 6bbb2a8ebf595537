import type { ErrorCode } from '../../common/errors/error-table.js';

/**
 * When a code comes, and what to do: the text of docs/errors.md, to which a test holds it. What
 * stands in backticks is code.
 */
export const PROBLEM_TEXTS: Readonly<Record<ErrorCode, string>> = {
  malformed_request:
    'Not JSON, wrong types, unknown or duplicate fields (`errors` names them), nested or filled beyond reason. Correct the ' +
    'request.',
  invalid_credentials:
    'Username or password is wrong, or the account is inactive. Which one is not said.',
  unauthenticated:
    'No token, an unknown one, or one that has ended. Log in. `detail` says so where a session ended with the code it ' +
    'waited for.',
  confirmation_required: 'The session waits for its code: `POST /session/confirmation`.',
  password_change_required: 'A new password must be chosen first: `PUT /me/password`.',
  step_up_required:
    'A fresh proof of the phone is needed. A code was asked for; `confirmation` says for what and whether it went out. ' +
    'Answer it, then repeat the call.',
  forbidden:
    'This account may not do that. `PUT /session/phone-number`: only a session that was told `phone_number_taken` may.',
  cross_site_request: 'A browser sent this from another site.',
  not_found: 'Nothing here, or it belongs to someone else.',
  method_not_allowed: 'The address exists; `Allow` names its methods.',
  request_timeout:
    'The request did not arrive in time: 8 seconds for the headers, 10 for the whole.',
  no_pending_confirmation:
    'Nothing to confirm. Where this session had a code, `errors` says at `/code` what became of it: `expired`, `used` or ' +
    '`withdrawn` (the account changed). Ask for a new one; unless `detail` says that another request has just confirmed it (a ' +
    "double submit): go on with the token of that one's answer.",
  username_taken:
    'Usernames are public handles; choose another one. The same username, number and password continue an unfinished ' +
    'registration instead: 201, a new token (the one before is dead), the same code; it is sent again only behind the ' +
    "number's wait, and the names typed last count.",
  phone_number_taken:
    'Told only after the right code: another account has proven this number. An unfinished registration is gone: register ' +
    'again. A member keeps the account, and the answer has a `token`: the one before is dead; go on by `PUT /session/phone-' +
    'number`. `resend` answers it as well until a number is given.',
  idempotency_key_in_use:
    'The first call with this `Idempotency-Key` still runs. Send it again after `retry_after` seconds.',
  payload_too_large: 'More than 100 kB.',
  unsupported_media_type: 'Programs send `application/json`.',
  validation_failed:
    'Well-formed but refused: `errors` names the fields, each with a code and a sentence.',
  idempotency_key_reused:
    'This `Idempotency-Key` came with another body before. Take a new key for a new call.',
  wrong_code:
    '`attempts_left` says how many tries remain; 0: ask for a new code. For a code of ours that came with an earlier message ' +
    'of this session, `errors` says at `/code` what became of it: `expired`, `used`, `withdrawn` or `replaced`.',
  too_many_attempts: 'Too many wrong codes or passwords. Wait `retry_after` seconds.',
  too_many_requests:
    'Too many requests, or messages asked for, in a short time. Wait `retry_after` seconds.',
  headers_too_large: 'More than 16 kB or 100 headers.',
  internal_error: 'Our fault; `request_id` finds it in the log.',
  provider_unavailable:
    'The code could not be sent or checked now. Nothing is lost; try again after `retry_after` seconds.',
  bot_check_unavailable:
    'The service that tells people from robots said nothing clear. Ask `GET /registration/bot-check` again: another check ' +
    'stands in.',
  busy: 'The database or the password check is at its limit. Try again after `retry_after` seconds.',
};

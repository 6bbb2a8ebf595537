/**
 * Why a field is refused, for programs; the sentence beside it is for people. What stands in the
 * OpenAPI file.
 */
export const FIELD_ERROR_CODES = [
  'required',
  'invalid',
  'unknown_field',
  'duplicate_field',
  'too_long',
  // Passwords.
  'too_short',
  'too_common',
  'too_similar',
  'entirely_numeric',
  'incorrect',
  'unchanged',
  // Numbers and their country.
  'ambiguous',
  'contradiction',
  'outdated',
  'unsupported_country',
  'unsupported_type',
  // What a provider says of a number, and of a channel.
  'invalid_number',
  'landline',
  'unreachable',
  'opted_out',
  'blocked',
  'unsupported',
  // What became of a code.
  'expired',
  'used',
  'withdrawn',
  'replaced',
] as const;

/** Of forms that only people fill in. */
type FormErrorCode = 'mismatch' | 'read_only' | 'taken' | 'username_taken';

export type FieldErrorCode = (typeof FIELD_ERROR_CODES)[number] | FormErrorCode;

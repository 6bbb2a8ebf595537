import { FieldErrors } from '../common/errors/field-errors.js';
import { parsePhoneNumber } from '../common/phone/parse-phone-number.js';
import type { PhoneNumber } from '../common/phone/phone-number.js';
import { isTooLong } from '../common/limits/text-limits.js';
import type { Settings } from '../config/settings.js';
import { parseFullName } from './full-name.js';
import { checkPassword } from './passwords/password-rules.js';
import { parseUsername } from './username.js';

/** An account as typed. */
export interface AccountInput {
  username: string;
  /** International, or national of the country chosen here, else of the default one. */
  phoneNumber: string;
  /** Two letters or a calling code. */
  countryCode?: string | number | undefined;
  /** Two letters. */
  country?: string | undefined;
  /** Null: no password, log-in refused until one is set. */
  password: string | null;
  fullName?: string | undefined;
}

export interface Account {
  username: string;
  phoneNumber: PhoneNumber;
  password: string | null;
  fullName: string;
}

/** Checks every field and throws one `validation_failed` with all that is wrong. */
export function parseAccount(input: AccountInput, settings: Settings): Account {
  const errors = new FieldErrors();
  const username = errors.check(() => parseUsername(input.username).username) ?? '';
  const phoneNumber = errors.check(() => parsePhoneNumber(input.phoneNumber, input, settings));
  const fullName = errors.check(() => parseFullName(input.fullName ?? '')) ?? '';
  const { password } = input;
  // A name refused for its signs counts, so that all errors are told at once; one that is too long
  // is held against nothing.
  const typed = isTooLong(input.username, 'username') ? '' : input.username;
  if (password !== null)
    errors.check(() =>
      checkPassword(password, { username: typed, fullName, phoneNumber: phoneNumber?.e164 ?? '' }),
    );
  errors.throwIfAny();
  if (phoneNumber === undefined) throw new Error('A refused number left no field error.');
  return { username, phoneNumber, password, fullName };
}

import { FieldErrors } from '../common/field-errors.js';
import { parsePhoneNumber, type PhoneNumber } from '../common/phone-number.js';
import { isTooLong } from '../common/text-limits.js';
import type { Settings } from '../config/settings.js';
import { parseFullName } from './full-name.js';
import { checkPassword } from './password-rules.js';
import { parseUsername } from './username.js';

/** An account as typed. */
export interface AccountInput {
  username: string;
  /** National (with `countryCode`, else the default country's) or international. */
  phoneNumber: string;
  countryCode?: string | number | undefined;
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
  const phoneNumber = errors.check(() => parseNumber(input.phoneNumber, input.countryCode, settings));
  const fullName = errors.check(() => parseFullName(input.fullName ?? '')) ?? '';
  const { password } = input;
  // A name refused for its signs counts, so that all errors are told at once; one that is too long is held against nothing.
  const typed = isTooLong(input.username, 'username') ? '' : input.username;
  if (password !== null)
    errors.check(() => checkPassword(password, { username: typed, fullName, phoneNumber: phoneNumber?.e164 ?? '' }));
  errors.throwIfAny();
  if (phoneNumber === undefined) throw new Error('A refused number left no field error.');
  return { username, phoneNumber, password, fullName };
}

/** A number under this installation's default and allowed countries. */
export function parseNumber(phoneNumber: string, countryCode: string | number | undefined, settings: Settings): PhoneNumber {
  const { defaultCountry, allowedCountries, prefixLimits } = settings;
  return parsePhoneNumber(phoneNumber, {
    defaultCountry,
    allowedCountries,
    deniedPrefixes: prefixLimits.filter(({ most }) => most === 0).map(({ prefix }) => prefix),
    ...(countryCode === undefined || countryCode === '' ? {} : { countryCode }),
  });
}

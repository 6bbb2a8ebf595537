import { phoneLibrary } from '../../common/phone/phone-library.js';

/** A phone number as the Authy API takes it. */
export interface AuthyNumber {
  /** Calling code without `+`, e.g. `1`. */
  country_code: string;
  /** What follows it, leading zeros kept (Italian numbers have them). */
  phone_number: string;
}

/**
 * Cuts an E.164 number in two, changing no digit; undefined when no known calling code begins it.
 */
export function splitNumber(phoneNumber: string): AuthyNumber | undefined {
  const callingCode = phoneLibrary().parsePhoneNumberFromString(phoneNumber, {
    extract: false,
  })?.countryCallingCode;
  if (callingCode === undefined || !phoneNumber.startsWith(`+${callingCode}`)) return undefined;
  return { country_code: callingCode, phone_number: phoneNumber.slice(1 + callingCode.length) };
}

import { createRequire } from 'node:module';
import type * as Library from 'libphonenumber-js/max';
import type { PhoneNumber as ParsedNumber, PhoneNumberType } from 'libphonenumber-js/max';
import { countriesSharing } from './numbering-plan.js';

const load = createRequire(import.meta.url);
let library: typeof Library | undefined;

/**
 * libphonenumber with the full metadata, needed to tell line types apart. Loaded at first use: it
 * takes about 50 ms.
 */
export function phoneLibrary(): typeof Library {
  library ??= load('libphonenumber-js/max') as typeof Library;
  return library;
}

/**
 * Only these receive text messages. Refused besides what costs the caller or nobody carries about
 * (premium-rate, shared-cost, toll-free, pager, UAN, voicemail, personal): fixed lines, and VoIP,
 * which proves no device (NIST SP 800-63B-3, 5.1.3.1) and is rented by the thousand. The reserved
 * numbers 555-0100 to -0199 of North America are of type fixed-or-mobile, and pass.
 */
const TYPES: readonly (PhoneNumberType | undefined)[] = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

/**
 * The number of an E.164 text, if there is one written exactly so: a trunk prefix too much makes it
 * none.
 */
export function validNumber(e164: string): ParsedNumber | undefined {
  const parsed = phoneLibrary().parsePhoneNumberFromString(e164, { extract: false });
  return parsed?.number === e164 && parsed.isValid() ? parsed : undefined;
}

/**
 * Whether texts get to a number, which its country must answer for: satellite networks and +883
 * have none, and cost most.
 */
export const canGetText = (number: ParsedNumber): boolean =>
  number.country !== undefined && TYPES.includes(number.getType());

/**
 * Every country a number may belong to, by ISO code, the likeliest first. Most have one; Åland's
 * mobiles are among Finland's.
 */
export function possibleCountries(e164: string): readonly string[] {
  const number = validNumber(e164);
  if (!number?.country) return [];
  const sharing = countriesSharing(number.countryCallingCode);
  const mayBeOf = (country: string) => TYPES.includes(Object.assign(number, { country }).getType());
  return [...new Set([number.country, ...sharing.filter(mayBeOf)])];
}

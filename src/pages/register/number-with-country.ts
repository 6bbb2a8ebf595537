import { countryName } from '../../common/phone/example-number.js';
import { countryOf, formatPhoneNumber } from '../../common/phone/phone-number.js';

/** For its owner's eyes: `+1 415 555 0100 (United States)`. */
export function numberWithCountry(e164: string): string {
  const country = countryOf(e164);
  return country === undefined
    ? formatPhoneNumber(e164)
    : `${formatPhoneNumber(e164)} (${countryName(country)})`;
}

import { callingCodeOf, countryOf, prefixOf } from '../../common/phone/phone-number.js';

export interface Region {
  subject: string;
  maskedSubject: string;
}

/**
 * The block of numbers and the country that a number belongs to. Of a block two digits less are
 * shown: with the last four, which are told elsewhere, it would be the number.
 */
export function regionsOf(phoneNumber: string): [prefix: Region, country: Region] {
  const prefix = prefixOf(phoneNumber);
  const country = countryOf(phoneNumber) ?? `+${callingCodeOf(phoneNumber)}`;
  return [
    { subject: prefix, maskedSubject: `${prefix.slice(0, -2)}••` },
    { subject: country, maskedSubject: country },
  ];
}

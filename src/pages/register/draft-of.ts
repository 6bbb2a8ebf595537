import type { ShownUser } from '../../users/user-columns.js';
import { countryOf, formatPhoneNumber } from '../../common/phone/phone-number.js';
import type { Draft } from './draft-cookie.js';

/**
 * What an undone registration had typed. Its number with the +, which is read the same way whatever
 * the country beside it.
 */
export const draftOf = (user: ShownUser): Draft => ({
  username: user.username,
  country_code: countryOf(user.phoneNumber) ?? '',
  phone_number: formatPhoneNumber(user.phoneNumber),
  full_name: user.fullName,
});

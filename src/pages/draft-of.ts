import type { SessionUser } from '../auth/current-session.js';
import { nationalNumberOf } from '../common/phone-number.js';
import type { Draft } from './draft-cookie.js';

/** What an undone registration had typed. */
export const draftOf = (user: SessionUser): Draft => ({
  username: user.username,
  country_code: `${user.countryCode}`,
  phone_number: nationalNumberOf(user.phoneNumber),
  full_name: user.fullName,
});

import type { SessionUser } from '../auth/http/current-session.js';
import { displayName } from '../users/display-name.js';

/** A user as its owner sees it. */
export const userAnswer = (user: SessionUser) => ({
  id: user.id,
  username: user.username,
  full_name: user.fullName,
  display_name: displayName(user),
  phone_number: user.phoneNumber,
  country_code: user.countryCode,
  phone_number_verified: user.phoneNumberVerified,
  two_factor_auth: user.twoFactorAuth,
  locale: user.locale,
  change_pw: user.changePw,
  is_active: user.isActive,
  is_staff: user.isStaff,
  is_superuser: user.isSuperuser,
  date_joined: user.dateJoined.toISOString(),
  last_login: user.lastLogin?.toISOString() ?? null,
});

import type { ClientInfo } from '../../common/net/client-info.js';
import type { Purpose } from '../../common/purpose.js';
import type { Proof } from '../../phone-verification/phone-verification.service.js';
import type { User } from '../../users/user.entity.js';
import type { CurrentSession } from '../sessions/current-session.js';

/** An unverified user proves the number first, two-factor or not. */
export const loginPurpose = (user: Pick<User, 'phoneNumberVerified'>): Purpose =>
  user.phoneNumberVerified ? 'login' : 'register';

/** A proof of the account's own number. */
export const proofOf = (
  { user, session }: Omit<CurrentSession, 'state'>,
  purpose: Purpose,
  client: ClientInfo,
  channel: Proof['channel'] = 'sms',
): Proof => ({
  userId: user.id,
  sessionId: session.id,
  phoneNumber: user.phoneNumber,
  isConfirmed: user.phoneNumberVerified,
  deviceId: session.deviceId,
  isVouched: user.registrationExpiresAt === null,
  purpose,
  channel,
  client,
  locale: user.locale ?? client.locale,
});

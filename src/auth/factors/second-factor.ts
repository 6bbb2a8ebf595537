import type { Purpose } from '../../common/purpose.js';
import type { User } from '../../users/user.entity.js';
import type { Method, Session } from '../sessions/session.entity.js';

export type SessionState = 'active' | 'confirmation_required' | 'password_change_required';

/** A session remembers nothing beside the password but the right answers to factors. */
const isSecondFactor = (method: Method): boolean => method !== 'password';

/** An unverified user proves the number first, two-factor or not. */
export const loginPurpose = (user: Pick<User, 'phoneNumberVerified'>): Purpose =>
  user.phoneNumberVerified ? 'login' : 'register';

/** The whole second-factor rule. */
export const needsConfirmation = (
  user: Pick<User, 'phoneNumberVerified' | 'twoFactorAuth'>,
  session: Pick<Session, 'methods'>,
): boolean =>
  (!user.phoneNumberVerified || user.twoFactorAuth) && !session.methods.some(isSecondFactor);

/** What stands between a session and everything else, in the order of docs/rules.md 1. */
export function stateOf(
  user: Pick<User, 'phoneNumberVerified' | 'twoFactorAuth' | 'changePw'>,
  session: Pick<Session, 'methods'>,
): SessionState {
  if (needsConfirmation(user, session)) return 'confirmation_required';
  return user.changePw ? 'password_change_required' : 'active';
}

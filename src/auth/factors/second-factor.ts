import { CHANNELS } from '../../common/channel.js';
import type { User } from '../../users/user.entity.js';
import type { Method, Session } from '../sessions/session.entity.js';

export type SessionState = 'active' | 'confirmation_required' | 'password_change_required';

const SECOND_FACTORS: ReadonlySet<Method> = new Set(CHANNELS);

/** A new factor is a new word here, not a new flag. */
const isSecondFactor = (method: Method): boolean => SECOND_FACTORS.has(method);

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

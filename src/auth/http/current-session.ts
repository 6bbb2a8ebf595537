import type { User } from '../../users/user.entity.js';
import { stateOf, type SessionState } from '../factors/second-factor.js';
import type { Session } from '../sessions/session.entity.js';

/** The account behind a session; its password hash is not read. */
export type SessionUser = Omit<
  User,
  'password' | 'usernameKey' | 'fullNameKey' | 'verifiedPhoneNumber'
>;

/** A session with its account and what still stands in its way. */
export interface CurrentSession {
  session: Session;
  user: SessionUser;
  state: SessionState;
}

/** A session whose token was just made: the only moment the token is known. */
export interface OpenedSession extends CurrentSession {
  token: string;
  /** What its client is to keep for the next log-in; null where no log-in got in. */
  deviceToken: string | null;
}

export const current = (session: Session, user: SessionUser): CurrentSession => ({
  session,
  user,
  state: stateOf(user, session),
});

import type { ShownUser } from '../../users/user-columns.js';
import { stateOf, type SessionState } from '../factors/second-factor.js';
import type { Session } from './session.entity.js';

/** A session with its account and what still stands in its way. */
export interface CurrentSession {
  session: Session;
  user: ShownUser;
  state: SessionState;
}

/** A session whose token was just made: the only moment the token is known. */
export interface OpenedSession extends CurrentSession {
  token: string;
  /** What the client keeps for the next log-in; null unless the log-in is complete. */
  deviceToken: string | null;
}

export const current = (session: Session, user: ShownUser): CurrentSession => ({
  session,
  user,
  state: stateOf(user, session),
});

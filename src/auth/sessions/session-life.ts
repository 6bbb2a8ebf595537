import { after } from '../../common/clock.js';
import { PENDING_LIMIT, REGISTRATION_LIMIT } from '../../common/limits/session-limits.js';
import type { SessionLimits } from '../../config/settings.js';
import type { CurrentSession } from './current-session.js';

/**
 * When a token dies if nothing more happens: its idle or its absolute limit, or the end of its
 * unfinished registration.
 */
export function endOf(
  { session, user }: Pick<CurrentSession, 'session' | 'user'>,
  limits: SessionLimits,
): Date {
  const idle = after(session.lastSeenAt, user.isStaff ? limits.staffIdle : limits.idle);
  return earliest(earliest(session.expiresAt, idle), user.registrationExpiresAt ?? idle);
}

/**
 * When it dies at the latest, whatever happens: a pending one lives on a while with each code that
 * is sent.
 */
export function lastEndOf({ session, user, state }: CurrentSession): Date {
  if (state !== 'confirmation_required') return session.expiresAt;
  const pending = after(session.createdAt, PENDING_LIMIT);
  const end = pending > session.expiresAt ? pending : session.expiresAt;
  return user.registrationExpiresAt === null
    ? end
    : earliest(end, after(user.dateJoined, REGISTRATION_LIMIT));
}

const earliest = (one: Date, other: Date): Date => (one < other ? one : other);

import type { CurrentSession } from '../auth/sessions/current-session.js';

/**
 * Where a session goes next: password, confirmation, forced password change, then where it wanted
 * to go (docs/rules.md 1).
 */
export function nextStepOf({ state, session }: CurrentSession): string {
  if (state === 'confirmation_required') return '/verify/';
  if (state === 'password_change_required') return '/password/';
  return session.nextPath ?? '/dashboard/';
}

/**
 * Where it goes once its code is confirmed: a log-in on its way in, any other proof back to the
 * dashboard.
 */
export function nextStepAfter({ state, session, user }: CurrentSession): string {
  if (state !== 'confirmation_required') return '/dashboard/';
  return nextStepOf({
    session,
    user,
    state: user.changePw ? 'password_change_required' : 'active',
  });
}

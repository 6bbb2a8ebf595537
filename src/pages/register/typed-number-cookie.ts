import type { CurrentSession } from '../../auth/sessions/current-session.js';
import type { PageCookie } from '../page-cookie.js';

/**
 * Lets the browser that typed a number keep it until it is confirmed: as long as a pending session
 * may live. It counts for that session only, and whoever makes one up has to know the number:
 * nothing is shown that the browser did not bring.
 */
export const TYPED_NUMBER: PageCookie = { name: 'number', path: '/verify', seconds: 30 * 60 };

export const typedNumberValue = ({
  session,
  user,
}: Pick<CurrentSession, 'session' | 'user'>): string =>
  `${session.tokenHash.slice(0, 16)}.${user.phoneNumber.slice(1)}`;

import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { after, secondsUntil } from '../../common/clock.js';
import { clip, isTooLong } from '../../common/limits/text-limits.js';
import type { Settings } from '../../config/settings.js';
import type { OpenedSession } from '../sessions/current-session.js';
import { PENDING_LIMIT } from '../../common/limits/session-limits.js';

/**
 * `__Host-` binds the cookie to this very host (RFC 6265bis, 4.1.3.2); plain http, on loopback,
 * cannot have it.
 */
const sessionCookieName = (settings: Settings): string =>
  isSecure(settings) ? '__Host-session' : 'session';

export const isSecure = ({ publicUrl }: Settings): boolean => publicUrl.startsWith('https:');

/**
 * Lives as long as the session may at most: a pending one may be prolonged by a message sent again.
 * The server keeps the real time.
 */
export function setSessionCookie(
  reply: FastifyReply,
  { token, session, state }: OpenedSession,
  settings: Settings,
  now: Date,
): void {
  const end =
    state === 'confirmation_required' ? after(session.createdAt, PENDING_LIMIT) : session.expiresAt;
  const maxAge = secondsUntil(end, now);
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(settings),
    maxAge,
  } as const;
  void reply.setCookie(sessionCookieName(settings), token, options);
}

export function clearSessionCookie(reply: FastifyReply, settings: Settings): void {
  void reply.clearCookie(sessionCookieName(settings), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(settings),
  });
}

export function cookieToken(request: FastifyRequest, settings: Settings): string | null {
  const token = request.cookies[sessionCookieName(settings)];
  return token === undefined ? null : clip(token, 'token');
}

/**
 * The token of `Authorization: Bearer` (RFC 6750, 2.1); null without one; empty for any other
 * Authorization, which never falls back.
 */
export function bearerToken(request: FastifyRequest): string | null {
  const { authorization } = request.headers;
  if (authorization === undefined) return null;
  if (isTooLong(authorization, 'authorization')) return '';
  return /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(authorization)?.[1] ?? '';
}

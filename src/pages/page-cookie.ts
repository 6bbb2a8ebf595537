import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSecure } from '../auth/http/session-cookie.js';
import type { Settings } from '../config/settings.js';

/** What the pages let a browser keep for a while, sent along to `path` and below. */
export interface PageCookie {
  name: string;
  path: string;
  seconds: number;
}

export function setPageCookie(
  reply: FastifyReply,
  cookie: PageCookie,
  value: string,
  settings: Settings,
): void {
  const options = { ...optionsOf(cookie, settings), maxAge: cookie.seconds };
  void reply.setCookie(nameOf(cookie, settings), value, options);
}

export const pageCookie = (
  { cookies }: FastifyRequest,
  cookie: PageCookie,
  settings: Settings,
): string | undefined => cookies[nameOf(cookie, settings)];

/** The browser is told to forget it, where it has it. */
export function clearPageCookie(reply: FastifyReply, cookie: PageCookie, settings: Settings): void {
  if (pageCookie(reply.request, cookie, settings) === undefined) return;
  void reply.clearCookie(nameOf(cookie, settings), optionsOf(cookie, settings));
}

/** Prefixed where the cookie is `Secure` (ASVS 3.3.1); `__Host-` would send it to every path. */
const nameOf = ({ name, path }: PageCookie, settings: Settings): string =>
  isSecure(settings) ? `${path === '/' ? '__Host' : '__Secure'}-${name}` : name;

const optionsOf = ({ path }: PageCookie, settings: Settings) =>
  ({ path, httpOnly: true, sameSite: 'lax', secure: isSecure(settings) }) as const;

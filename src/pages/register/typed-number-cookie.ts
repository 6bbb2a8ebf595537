import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CurrentSession } from '../../auth/sessions/current-session.js';

const nameOf = (secure: boolean): string => (secure ? '__Secure-number' : 'number');
const options = (secure: boolean) =>
  ({ path: '/verify', httpOnly: true, sameSite: 'lax', secure }) as const;

/** As long as a pending session may live. */
const SECONDS = 30 * 60;

/**
 * Lets the browser that typed a number keep it until it is confirmed. It counts for that session
 * only, and who makes one up has to know the number: nothing is shown that the browser did not
 * bring.
 */
export function keepNumber(reply: FastifyReply, registered: Registered, secure: boolean): void {
  void reply.setCookie(nameOf(secure), valueOf(registered), {
    ...options(secure),
    maxAge: SECONDS,
  });
}

/** Whether this browser typed the number that its session has to prove. */
export const hasTyped = (request: FastifyRequest, current: Registered, secure: boolean): boolean =>
  request.cookies[nameOf(secure)] === valueOf(current);

type Registered = Pick<CurrentSession, 'session' | 'user'>;

const valueOf = ({ session, user }: Registered): string =>
  `${session.tokenHash.slice(0, 16)}.${user.phoneNumber.slice(1)}`;

import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bounded } from '../../common/text/bounded.js';
import { isTooLong } from '../../common/limits/text-limits.js';

const draft = z.object({
  username: bounded('username'),
  country_code: bounded('countryCode'),
  phone_number: bounded('phoneNumber'),
  full_name: bounded('fullName'),
});

/** What was typed into the registration form, passwords aside. */
export type Draft = z.infer<typeof draft>;

/** Prefixed where the cookie is `Secure` (ASVS 3.3.1); `__Host-` would send it to every path. */
const nameOf = (secure: boolean): string => (secure ? '__Secure-draft' : 'draft');
const options = (secure: boolean) =>
  ({ path: '/register', httpOnly: true, sameSite: 'lax', secure }) as const;

/** Keeps the typed values in the person's own browser over the one redirect of "wrong number?". */
export function keepDraft(reply: FastifyReply, values: Draft, secure: boolean): void {
  const value = Buffer.from(JSON.stringify(values)).toString('base64url');
  void reply.setCookie(nameOf(secure), value, { ...options(secure), maxAge: 300 });
}

/** The kept values, once. */
export function takeDraft(
  request: FastifyRequest,
  reply: FastifyReply,
  secure: boolean,
): Draft | null {
  const kept = request.cookies[nameOf(secure)];
  if (kept === undefined) return null;
  void reply.clearCookie(nameOf(secure), options(secure));
  if (isTooLong(kept, 'draft')) return null;
  try {
    return draft.parse(JSON.parse(Buffer.from(kept, 'base64url').toString()));
  } catch {
    return null;
  }
}

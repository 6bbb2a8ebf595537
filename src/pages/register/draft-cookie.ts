import { z } from 'zod';
import { bounded } from '../../common/text/bounded.js';
import { isTooLong } from '../../common/limits/text-limits.js';
import type { PageCookie } from '../page-cookie.js';

const draft = z.object({
  username: bounded('username'),
  country_code: bounded('countryCode'),
  phone_number: bounded('phoneNumber'),
  full_name: bounded('fullName'),
});

/** What was typed into the registration form, passwords aside. */
export type Draft = z.infer<typeof draft>;

/** Keeps the typed values in the person's own browser over the one redirect of "wrong number?". */
export const DRAFT: PageCookie = { name: 'draft', path: '/register', seconds: 300 };

export const draftValue = (values: Draft): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

export function draftOfCookie(value: string | undefined): Draft | null {
  if (value === undefined || isTooLong(value, 'draft')) return null;
  try {
    return draft.parse(JSON.parse(Buffer.from(value, 'base64url').toString()));
  } catch {
    return null;
  }
}

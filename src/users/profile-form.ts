import { isAsStored } from '../common/as-stored.js';
import { AppError } from '../common/errors/app-error.js';
import { FieldErrors } from '../common/errors/field-errors.js';
import { LOCALES, type Locale } from '../common/locale.js';
import { fullNameKey, parseFullName } from './full-name.js';
import type { User } from './user.entity.js';

/**
 * What people may change of themselves without a proof, as typed; what is missing stays as it is.
 */
export interface ProfileInput {
  fullName?: string | undefined;
  locale?: string | null | undefined;
}

export type Profile = Pick<User, 'fullName' | 'fullNameKey' | 'locale'>;

/**
 * The columns to set. Checks every field that is not as it is stored, and throws one
 * `validation_failed` with all that is wrong.
 */
export function parseProfile(
  { fullName, locale }: ProfileInput,
  stored: Pick<User, 'fullName' | 'locale'>,
): Partial<Profile> {
  const errors = new FieldErrors();
  const isNewName = fullName !== undefined && !isAsStored(fullName, stored.fullName);
  const profile = {
    ...(isNewName && errors.check(() => nameColumns(fullName))),
    ...(locale !== undefined &&
      locale !== stored.locale &&
      errors.check(() => ({ locale: parseLocale(locale) }))),
  };
  errors.throwIfAny();
  return profile;
}

function nameColumns(typed: string): Pick<User, 'fullName' | 'fullNameKey'> {
  const fullName = parseFullName(typed);
  return { fullName, fullNameKey: fullNameKey(fullName) };
}

/**
 * The language an account chooses for its messages, by its exact tag; null: none, so that each
 * request's own counts. Throws `validation_failed` at `locale`, with every language there is.
 */
export function parseLocale(typed: string | null): Locale | null {
  if (typed === null) return null;
  const locale = LOCALES.find((tag) => tag === typed);
  if (locale) return locale;
  throw AppError.invalid({
    field: 'locale',
    code: 'invalid',
    detail: `Choose one of ${LOCALES.join(', ')}, or null for the language of each request.`,
  });
}

import { AppError } from '../common/errors/app-error.js';
import { LOCALES, type Locale } from '../common/locale.js';

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

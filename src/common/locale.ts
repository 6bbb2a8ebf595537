import { clip } from './limits/text-limits.js';

/**
 * The languages that texts and calls are written in, by BCP 47 tag; the first one serves whoever
 * asks for none of them.
 */
export const LOCALES = ['en', 'es', 'fr', 'de', 'pt', 'hi', 'ar', 'zh'] as const;

export type Locale = (typeof LOCALES)[number];

/** What one header may list; more is no person's wish, and every request's header is read. */
const RANGES = 32;
const RANGE = /^[a-z]{1,8}(?:-[a-z0-9]{1,8})*$/i;
const WEIGHT = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/**
 * The language a person reads best, of an `Accept-Language` header or a single tag: by weight, then
 * by place (RFC 9110, 12.5.4). A range finds its language by losing subtags from the right (RFC
 * 4647, 3.4), so `pt-BR` is `pt`; `*` is English, and so is whatever names none of ours. What is
 * malformed counts as not there.
 */
export function localeOf(acceptLanguage: string | undefined): Locale {
  return wishesOf(acceptLanguage).find(({ locale }) => locale !== undefined)?.locale ?? LOCALES[0];
}

/**
 * The region of the language a person reads best, of an `Accept-Language` header (`de-AT`,
 * `zh-Hant-TW`): two capital letters. Of the others none counts: whoever reads German first and
 * American English second is hardly in America.
 */
export function regionOf(acceptLanguage: string | undefined): string | undefined {
  const range = wishesOf(acceptLanguage)[0]?.range ?? '';
  return REGION.exec(range)?.[1]?.toUpperCase();
}

/**
 * A language, maybe a script, a region (RFC 5646, 2.1); not what an extension or a private use
 * calls so.
 */
const REGION = /^[a-z]{2,8}(?:-[a-z]{4})?-([a-z]{2})(?:-|$)/i;

function wishesOf(acceptLanguage: string | undefined) {
  const wishes = clip(acceptLanguage ?? '', 'acceptLanguage')
    .split(',', RANGES)
    .map((entry) => {
      const [range = '', parameter = 'q=1', ...rest] = entry.split(';').map((part) => part.trim());
      const weight = rest.length === 0 ? Number(WEIGHT.exec(parameter)?.[1] ?? 0) : 0;
      const language = RANGE.test(range) ? range.split('-', 1)[0]?.toLowerCase() : undefined;
      const locale = range === '*' ? LOCALES[0] : LOCALES.find((tag) => tag === language);
      return { range, locale, weight };
    });
  return wishes.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
}

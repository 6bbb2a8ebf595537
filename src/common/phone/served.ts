import { possibleCountries } from './phone-library.js';

/** Where codes go: ALLOWED_COUNTRIES, DENIED_COUNTRIES, and what PREFIX_LIMITS sets to none. */
export interface Served {
  /** ISO 3166-1 alpha-2 codes. */
  allowedCountries: readonly string[] | 'all';
  deniedCountries: readonly string[];
  /** By beginnings of E.164 numbers; `most` 0 refuses them whatever their country. */
  prefixLimits: readonly { prefix: string; most: number }[];
}

/**
 * Whether codes go to a number. One that may belong to an allowed country is allowed: +358 40 …
 * where Åland is, for its mobiles are among Finland's. Where all are allowed, what counts is the
 * country that numbers like it mostly belong to: to deny Finland denies them, to deny Åland does
 * not.
 */
export function isServed(
  e164: string,
  { allowedCountries, deniedCountries, prefixLimits }: Served,
): boolean {
  if (prefixLimits.some(({ prefix, most }) => most === 0 && e164.startsWith(prefix))) return false;
  const countries = possibleCountries(e164);
  const considered = allowedCountries === 'all' ? countries.slice(0, 1) : countries;
  return considered.some((country) =>
    isServedCountry(country, { allowedCountries, deniedCountries }),
  );
}

/** Whether a country may be chosen. */
export const isServedCountry = (
  country: string,
  { allowedCountries, deniedCountries }: Pick<Served, 'allowedCountries' | 'deniedCountries'>,
): boolean =>
  (allowedCountries === 'all' || allowedCountries.includes(country)) &&
  !deniedCountries.includes(country);

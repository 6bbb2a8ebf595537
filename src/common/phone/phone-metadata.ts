import { createRequire } from 'node:module';
import type { MetadataJson } from 'libphonenumber-js';
import type * as Library from 'libphonenumber-js/max';

const load = createRequire(import.meta.url);
let library: typeof Library | undefined;

/**
 * libphonenumber with the full metadata, needed to tell line types apart. Loaded at first use: it
 * takes about 50 ms.
 */
export function phoneLibrary(): typeof Library {
  library ??= load('libphonenumber-js/max') as typeof Library;
  return library;
}

/**
 * Calling codes with the ISO codes of the countries that share them, the main country first.
 * Geographic codes only.
 */
export function countriesByCallingCode(): readonly (readonly [string, readonly string[]])[] {
  const metadata = load('libphonenumber-js/metadata.max.json') as MetadataJson;
  return Object.entries(metadata.country_calling_codes);
}

/** ISO codes of all countries and territories. */
export const allCountries = (): string[] =>
  countriesByCallingCode().flatMap(([, countries]) => countries);

/**
 * Whether numbers of this country (ISO 3166-1, two capital letters) can be told. Reads the smallest
 * metadata, for a quick start.
 */
export function isCountry(code: string): boolean {
  const { countries } = load('libphonenumber-js/metadata.min.json') as MetadataJson;
  return /^[A-Z]{2}$/.test(code) && Object.hasOwn(countries, code);
}

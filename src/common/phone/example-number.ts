import { createRequire } from 'node:module';
import type { CountryCode, Examples } from 'libphonenumber-js/max';
import { phoneLibrary } from './phone-library.js';
import { formatPhoneNumber } from './phone-number.js';
import { planOf } from './numbering-plan.js';
import { OWN_WAYS } from './own-ways.js';
import { readNumber } from './read-number.js';

const load = createRequire(import.meta.url);

/**
 * A mobile number of a country (ISO code), of libphonenumber's examples: nobody's, written as for
 * callers from abroad.
 */
export function exampleNumber(country: string): string {
  const examples = load('libphonenumber-js/examples.mobile.json') as Examples;
  const example = phoneLibrary().getExampleNumber(country as CountryCode, examples)?.number ?? '';
  // Some examples are numbers of old.
  const read = readNumber(example, planOf(country));
  return formatPhoneNumber(read.is === 'number' ? read.number.e164 : example);
}

/** How mobile numbers are written in a country, one sentence. */
export function mobilesOf(country: string): string {
  const { hint } = OWN_WAYS[country] ?? {};
  return `Mobiles of ${countryName(country)}: ${hint ? `${hint}, ` : ''}e.g. ${exampleNumber(country)}`;
}

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** The English name of a country. */
export const countryName = (country: string): string => names.of(country) ?? country;

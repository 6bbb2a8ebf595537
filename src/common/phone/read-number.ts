import type { PhoneNumber as ParsedNumber } from 'libphonenumber-js/max';
import { allCountries } from './phone-metadata.js';
import type { PhoneNumber } from './phone-number.js';
import { planOf, type NumberingPlan } from './numbering-plan.js';
import { atHome, readingsOf, type Reading } from './readings.js';
import { canGetText, validNumber } from './textable.js';

/**
 * What a typed number is. Where two readings can get a text, both are told: which one is meant only
 * the person knows.
 */
export type ReadNumber =
  | { is: 'number'; number: PhoneNumber }
  | { is: 'ambiguous'; numbers: readonly PhoneNumber[] }
  /** A national number, and no country. */
  | { is: 'national' }
  /** A number that no text gets to: a landline, say. */
  | { is: 'textless'; plan: NumberingPlan }
  | { is: 'none'; readings: readonly Reading[] };

/**
 * What may be a number at home somewhere: none begins like one abroad, and none is shorter (ITU-T
 * E.164 ends at 15 digits).
 */
const NATIONAL = /^(?!00)\d{4,18}$/;

/**
 * Reads a number as people write it, `typed` being digits with at most a leading `+`
 * (normalizePhoneInput). `chosen` is the country of a national number; a `+`, or the international
 * prefix of that country, decides by itself.
 */
export function readNumber(typed: string, chosen: NumberingPlan | undefined): ReadNumber {
  const readings = readingsOf(typed, chosen);
  const valid = readings.flatMap((reading) => {
    const number = reading.isRetired ? undefined : validNumber(reading.e164);
    return number ? [{ reading, number }] : [];
  });
  const first = valid.filter(({ reading }) => !reading.isLastResort);
  // Somebody else's landline is no reason against it: 0 248 25… in the Seychelles, from where 02
  // leads abroad.
  const isSettled = first.some(
    ({ reading, number }) => canGetText(number) || reading.plan.callingCode === chosen?.callingCode,
  );
  const counted = isSettled ? first : valid;
  const numbers = distinct(counted.map(({ number }) => number).filter(canGetText));
  const [number, second] = numbers;
  if (number && second) return { is: 'ambiguous', numbers };
  if (!chosen && NATIONAL.test(typed) && (!number || mayBeNational(typed)))
    return { is: 'national' };
  if (number) return { is: 'number', number };
  const [textless] = counted;
  return textless ? { is: 'textless', plan: textless.reading.plan } : { is: 'none', readings };
}

// Begins like +, and may still be a number at home: 011 is Delhi and Buenos Aires.
const mayBeNational = (typed: string): boolean =>
  allCountries().some((country) =>
    atHome(typed, planOf(country)).some(({ e164 }) => isTextable(e164)),
  );

function isTextable(e164: string): boolean {
  const number = validNumber(e164);
  return number !== undefined && canGetText(number);
}

function distinct(numbers: readonly ParsedNumber[]): PhoneNumber[] {
  const found = numbers.map(
    ({ number, countryCallingCode, country = '' }): [string, PhoneNumber] => [
      number,
      { e164: number, countryCode: Number(countryCallingCode), country },
    ],
  );
  return [...new Map(found).values()];
}

import type { PhoneNumber as ParsedNumber } from 'libphonenumber-js/max';
import { toAsciiDigits } from '../text/decimal-digit.js';
import { normalForm } from '../text/normal-form.js';
import { allCountries, planOf, type NumberingPlan } from './numbering-plan.js';
import { canGetText, validNumber } from './phone-library.js';
import type { PhoneNumber } from './phone-number.js';
import { atHome, readingsOf, type Reading } from './readings.js';

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
  | { is: 'none'; typed: string; readings: readonly Reading[] };

const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/**
 * What people put between digits: white space, dashes of all kinds (and the minus sign), dots,
 * slashes, brackets.
 */
const SEPARATORS = /[\s\p{Pd}\u2212.\u00b7\u30fb\u3002\uff65/()[\]]/gu;
/** A copied link (RFC 3966), its parameters behind it. */
const LINK = /^(?:tel|sms|callto):([^;?]*)((?:;[^;?]*)*)$/i;
const MAX_INPUT_LENGTH = 60;

/**
 * What may be a number at home somewhere: none begins like one abroad, and none is shorter (ITU-T
 * E.164 ends at 15 digits).
 */
const NATIONAL = /^(?!00)\d{4,18}$/;

/**
 * Reads a number as people write it. `chosen` is the country of a national number; a `+`, or the
 * international prefix of that country, decides by itself.
 */
export function readNumber(input: string, chosen: NumberingPlan | undefined): ReadNumber {
  const typed = normalizePhoneInput(input);
  if (!typed) return { is: 'none', typed: '', readings: [] };
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
  return textless
    ? { is: 'textless', plan: textless.reading.plan }
    : { is: 'none', typed, readings };
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

/**
 * The E.164 forms that a number as people write it may have, whatever may be sent to it today: for
 * finding what was stored under other rules. Empty for what cannot be read.
 */
export function numbersMeant(input: string, defaultCountry: string | null): string[] {
  const typed = normalizePhoneInput(input);
  if (typed === null) return [];
  const readings = readingsOf(typed, defaultCountry === null ? undefined : planOf(defaultCountry));
  return [
    ...new Set([...(typed.startsWith('+') ? [typed] : []), ...readings.map(({ e164 }) => e164)]),
  ];
}

/**
 * A typed phone number as ASCII digits with at most a leading `+`; empty when nothing was typed;
 * null when it is no number: letters (vanity numbers, extensions), other signs, or more than 60
 * characters.
 */
export function normalizePhoneInput(input: string): string | null {
  if (input.length > MAX_INPUT_LENGTH) return null;
  const visible = normalForm(input, 'NFKC').replace(INVISIBLE, '').trim();
  if (visible === '') return '';
  const plain = toAsciiDigits(withoutLink(visible).replace(SEPARATORS, ''));
  return /^\+?[0-9]+$/.test(plain) ? plain : null;
}

/**
 * The number of a link. One that is only local (`phone-context`) gets its context; one with an
 * extension is left as it is.
 */
function withoutLink(text: string): string {
  const [, number, parameters = ''] = LINK.exec(text) ?? [];
  if (number === undefined || /;(?:ext|isub)=/i.test(parameters)) return text;
  const context = /;phone-context=(\+[0-9]+)/i.exec(parameters)?.[1] ?? '';
  return number.startsWith('+') ? number : context + number;
}

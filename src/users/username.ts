import { AppError } from '../common/errors/app-error.js';
import { zeroOf } from '../common/text/decimal-digit.js';
import type { FieldErrorCode } from '../common/errors/field-error-codes.js';
import { normalForm } from '../common/text/normal-form.js';
import { isTooLong } from '../common/limits/text-limits.js';
import { typedName } from '../common/text/typed-name.js';

export interface Username {
  /** As it is shown: NFKC, at most 130 characters. */
  username: string;
  /** What makes it unique and findable. */
  usernameKey: string;
}

const MAX_LENGTH = 130;

/** The Tibetan dot between syllables stands behind one. */
const SHAPE = /^(?:[\p{L}\p{M}\p{Nd}@.+_\u200c\u200d-]|(?<=[\p{L}\p{M}\p{Nd}])\u0f0b)+$/u;
/** But for the joiners, of which `typedName` leaves those that a script needs. */
const INVISIBLE = /(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/u;
/** A mark with nothing to stand on, or more than four on one letter (UTS 39, 5.4). */
const STRAY_MARK = /(?<![\p{L}\p{M}][\u200c\u200d]?)\p{M}|\p{Mn}{5,}/u;

/**
 * The scripts people write today (UAX 31, tables 5 and 7); what one language writes together counts
 * as one (UTS 39, 5.1).
 */
const WRITING_SYSTEMS = (
  'Latin Greek Cyrillic Armenian Hebrew Arabic Thaana Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada ' +
  'Malayalam Sinhala Thai Lao Tibetan Myanmar Georgian Ethiopic Khmer Han+Hiragana+Katakana Han+Hangul Han+Bopomofo ' +
  'Adlam Balinese Canadian_Aboriginal Chakma Cherokee Javanese Mongolian New_Tai_Lue Nko Ol_Chiki Sundanese Syriac ' +
  'Tai_Le Tifinagh Vai Yi'
).split(' ');

/**
 * Letters of which Unicode has two spellings that no normal form brings together: an older one, a
 * consonant with virama and joiner, and one with a sign of its own (The Unicode Standard, 12.1,
 * 12.2, 12.7 to 12.9). Keyboards write either.
 */
const SPELLINGS: readonly (readonly [string, string])[] = [
  ['\u0931\u094d', '\u0930\u094d'], // Devanagari eyelash ra
  ['\u09ce', '\u09a4\u09cd'], // Bengali khanda ta
  ['\u0c5d', '\u0c28\u0c4d'], // Telugu nakaara pollu
  ['\u0cdd', '\u0ca8\u0ccd'], // Kannada nakaara pollu
  ['\u0d54', '\u0d2e\u0d4d'], // Malayalam chillus: m, y, lll, nn, n, rr, l, ll, k
  ['\u0d55', '\u0d2f\u0d4d'],
  ['\u0d56', '\u0d34\u0d4d'],
  ['\u0d7a', '\u0d23\u0d4d'],
  ['\u0d7b', '\u0d28\u0d4d'],
  ['\u0d7c', '\u0d30\u0d4d'],
  ['\u0d7d', '\u0d32\u0d4d'],
  ['\u0d7e', '\u0d33\u0d4d'],
  ['\u0d7f', '\u0d15\u0d4d'],
];

const TO_ONE_SPELLING = new Map(SPELLINGS);
const TWO_SPELLINGS = new RegExp(SPELLINGS.map(([spelling]) => spelling).join('|'), 'gu');

let oneScript: readonly RegExp[] | undefined;

// Built at first use: tables of this size take 10 ms, which a start need not wait for.
const ofOneScript = (): readonly RegExp[] =>
  (oneScript ??= WRITING_SYSTEMS.map((scripts) => {
    const members = ['Common', 'Inherited', ...scripts.split('+')].map(
      (script) => `\\p{Script_Extensions=${script}}`,
    );
    return new RegExp(`^[${members.join('')}]+$`, 'u');
  }));

/**
 * Reads a name: letters and digits of one script, and `@ . + - _`; blanks around it and what a
 * paste brings unseen are dropped. Throws `validation_failed` at `username`: `required`, `too_long`
 * (more than 130 characters), `invalid` (anything else, scripts or digits mixed).
 */
export function parseUsername(input: string): Username {
  if (isTooLong(input, 'username')) throw tooLong();
  const username = typedName(input, 'NFKC');
  if (username === '') throw refused('required', 'This field is required.');
  if (lengthOf(username) > MAX_LENGTH) throw tooLong();
  const usernameKey = foldUsername(username);
  if (lengthOf(usernameKey) > MAX_LENGTH) throw tooLong();
  if (
    !SHAPE.test(username) ||
    INVISIBLE.test(username) ||
    STRAY_MARK.test(username) ||
    isMixed(username)
  ) {
    throw refused(
      'invalid',
      'A username may hold letters and digits of one script, and the signs @ . + - _',
    );
  }
  return { username, usernameKey };
}

/**
 * Letters of two scripts, or digits of two number systems, with which one name can be made to look
 * like another.
 */
function isMixed(username: string): boolean {
  const numberSystems = new Set((username.match(/\p{Nd}/gu) ?? []).map(zeroOf));
  return numberSystems.size > 1 || !ofOneScript().some((script) => script.test(username));
}

/**
 * The key under which to look up whatever somebody typed. Never throws; what is too long for a name
 * finds none.
 */
export function usernameKey(input: string): string {
  if (isTooLong(input, 'username')) return beginningOf(input);
  const username = typedName(input, 'NFKC');
  return beginningOf(lengthOf(username) > MAX_LENGTH ? username : foldUsername(username));
}

/** Of a key, and of what is too long to be one: then it is a character longer than any name. */
const beginningOf = (text: string): string =>
  Array.from(text.slice(0, 4 * MAX_LENGTH))
    .slice(0, MAX_LENGTH + 1)
    .join('')
    .replace(/\p{Cs}/gu, '\ufffd');

/**
 * One spelling for names in NFKC that look the same, or differ by case, joiners or a closing
 * Tibetan dot alone: two accounts must not.
 */
function foldUsername(username: string): string {
  const lower = normalForm(username.toLowerCase(), 'NFKC');
  const plain = normalForm(lower.replace(/[\u200c\u200d]/gu, '').replace(/\u0f0b+$/u, ''), 'NFKC');
  return normalForm(
    plain.replace(TWO_SPELLINGS, (spelling) => TO_ONE_SPELLING.get(spelling) ?? spelling),
    'NFKC',
  );
}

const lengthOf = (text: string): number => Array.from(text).length;

const tooLong = () => refused('too_long', `A username has at most ${MAX_LENGTH} characters.`);

const refused = (code: FieldErrorCode, detail: string) =>
  AppError.invalid({ field: 'username', code, detail });

import { AppError } from '../errors/app-error.js';
import { toAsciiDigits } from './decimal-digit.js';
import type { FieldErrorCode } from '../errors/field-error-codes.js';
import { REQUIRED } from '../errors/form-issues.js';
import { isTooLong } from '../limits/text-limits.js';

/** How many digits a code has, as far as it is known. */
export interface CodeLength {
  least: number;
  most: number;
}

export const SIX_DIGITS: CodeLength = { least: 6, most: 6 };

const NUMBERS = /\d+/g;
/** With one blank, dash or dot between two digits: `123 456`, `1-2-3-4-5-6`. */
const PARTED_NUMBERS = /\d(?:[\s\p{Pd}\u2212.\u00b7]?\d)*/gu;

/**
 * The code in what people type or paste: digits of any script, with anything but letters between
 * them; a text with one number of the code's length (`G-123456`, a whole message); the same code
 * twice in a row, as phones fill it in. What holds no code is refused as `validation_failed` at
 * `code` (`required`, `too_long`, `invalid`, `ambiguous`), and is no guess at it.
 */
export function parseCode(typed: string, length: CodeLength): string {
  const digits = `the ${length.least === length.most ? length.least : `${length.least} to ${length.most}`} digits`;
  if (isTooLong(typed, 'code'))
    throw refused('too_long', `That is too long. Enter ${digits} of the code alone. ${NO_TRY}`);
  const text = toAsciiDigits(typed)
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .trim();
  if (text === '') throw refused('required', REQUIRED);
  const [code, another] = codesIn(text, length);
  if (code === undefined) throw refused('invalid', `Enter ${digits} of the code. ${NO_TRY}`);
  if (another !== undefined)
    throw refused(
      'ambiguous',
      `This could be more than one code. Enter ${digits} of yours alone. ${NO_TRY}`,
    );
  return code;
}

/** Different ones. Where several lengths are possible, six digits are the likeliest. */
function codesIn(text: string, length: CodeLength): string[] {
  const isOpen = length.least < SIX_DIGITS.least && length.most > SIX_DIGITS.most;
  const ofSix = isOpen ? codesOf(text, SIX_DIGITS) : [];
  return ofSix.length > 0 ? ofSix : codesOf(text, length);
}

function codesOf(text: string, length: CodeLength): string[] {
  const among = (numbers: readonly string[]) => [
    ...new Set(numbers.flatMap((number) => codeOf(number.replace(/\D/g, ''), length))),
  ];
  if (!/\p{L}/u.test(text)) return among([text]);
  const whole = among(text.match(NUMBERS) ?? []);
  return whole.length > 0 ? whole : among(text.match(PARTED_NUMBERS) ?? []);
}

/** A number as a code, or as the same code twice. */
function codeOf(digits: string, { least, most }: CodeLength): string[] {
  const isCode = (part: string) => part.length >= least && part.length <= most;
  const half = digits.slice(0, digits.length / 2);
  if (isCode(digits)) return [digits];
  return half + half === digits && isCode(half) ? [half] : [];
}

const NO_TRY = 'This did not count as a try.';

const refused = (code: FieldErrorCode, detail: string) =>
  AppError.invalid({ field: 'code', code, detail });

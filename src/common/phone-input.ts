import { toAsciiDigits } from './decimal-digit.js';
import { normalForm } from './normal-form.js';

const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** What people put between digits: white space, dashes of all kinds (and the minus sign), dots, slashes, brackets. */
const SEPARATORS = /[\s\p{Pd}\u2212.\u00b7\u30fb\u3002\uff65/()[\]]/gu;
const MAX_INPUT_LENGTH = 40;

/**
 * A typed phone number as ASCII digits with at most a leading `+`, or null when it is no number: letters (vanity numbers,
 * extensions), other signs, or more than 40 characters.
 */
export function normalizePhoneInput(input: string): string | null {
  if (input.length > MAX_INPUT_LENGTH) return null;
  const plain = toAsciiDigits(normalForm(input, 'NFKC').replace(INVISIBLE, '').replace(SEPARATORS, ''));
  return /^\+?[0-9]+$/.test(plain) ? plain : null;
}

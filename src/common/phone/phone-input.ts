import { toAsciiDigits } from '../text/decimal-digit.js';
import { normalForm } from '../text/normal-form.js';

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

import { JOINS_NEXT, JOINS_PREVIOUS } from './joining-letters.js';
import { normalForm } from './normal-form.js';

/**
 * Signs without a width or a look that come along when a text is pasted: soft hyphen, zero width
 * space, word joiner, byte order mark, marks and turns of direction, invisible operators.
 */
const RUBBISH = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu;

const JOINER = /[\u200c\u200d]/u;
const NON_JOINER = '\u200c';

const joinsNext = new RegExp(`[${JOINS_NEXT}][\\p{Mn}\\p{Me}]*$`, 'u');
const joinsPrevious = new RegExp(`^[\\p{Mn}\\p{Me}]*[${JOINS_PREVIOUS}]`, 'u');

/**
 * Canonical_Combining_Class 8 and 10: marks of class 9 alone are put behind the one and before the
 * other.
 */
const CLASS_8 = '\u3099';
const CLASS_10 = '\u05b0';

/**
 * A name as it was meant: normalised, without blanks around it and without what a paste brings and
 * nobody sees; joiners stay where their script needs them. The same at registration, at log-in, in
 * the panel and its filters. The name must have been held against its limit before.
 */
export function typedName(typed: string, form: 'NFC' | 'NFKC'): string {
  const visible = typed.replace(RUBBISH, '').replaceAll('\u00a0', ' ');
  const meant = normalForm(withoutStrayJoiners(normalForm(visible.trim(), form)), form);
  return meant.trim();
}

/**
 * Takes out the zero width joiners and non-joiners (U+200D, U+200C) that change nothing a reader
 * could see. They stay by Unicode's CONTEXTJ rules (RFC 5892, A.1 and A.2): behind a virama, and a
 * non-joiner between letters that would join. So do a joiner in front of a virama (Bengali ra with
 * ya, touching letters of Sinhala), a non-joiner in front of a Khmer register shifter (The Unicode
 * Standard, 12.2, 13.2 and 16.4), and the joiners of an emoji (UTS 51).
 */
export function withoutStrayJoiners(text: string): string {
  if (!JOINER.test(text)) return text;
  const signs = Array.from(text);
  return signs.reduce((kept, sign, at) => {
    const isStray = JOINER.test(sign) && !isNeeded(sign, kept, signs.slice(at + 1).join(''));
    return isStray ? kept : kept + sign;
  }, '');
}

function isNeeded(joiner: string, before: string, after: string): boolean {
  if (isVirama(lastOf(before))) return joiner !== NON_JOINER || /^\p{L}/u.test(after);
  if (joiner === NON_JOINER)
    return (joinsNext.test(before) && joinsPrevious.test(after)) || /^[\u17c9\u17ca]/.test(after);
  return isInEmoji(before, after) || (/\p{L}\p{M}*$/u.test(before) && isVirama(firstOf(after)));
}

/**
 * The sign that takes a letter's vowel away (Canonical_Combining_Class 9), of any script: the
 * engine's own data tells.
 */
function isVirama(sign: string): boolean {
  if (!/^\p{M}$/u.test(sign)) return false;
  const isAbove8 = normalForm(sign + CLASS_8, 'NFC') !== sign + CLASS_8;
  return isAbove8 && normalForm(CLASS_10 + sign, 'NFC') !== CLASS_10 + sign;
}

const isInEmoji = (before: string, after: string): boolean =>
  /\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]*$/u.test(before) &&
  /^\p{Extended_Pictographic}/u.test(after);

const firstOf = (text: string): string => String.fromCodePoint(text.codePointAt(0) ?? 0);
const lastOf = (text: string): string => Array.from(text.slice(-2)).at(-1) ?? '';

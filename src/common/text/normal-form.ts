import { TEXT_LIMITS } from '../limits/text-limits.js';

/** Room for a key that grew when it was lowered. */
const LONGEST_TEXT = 2 * Math.max(TEXT_LIMITS.username, TEXT_LIMITS.password, TEXT_LIMITS.code);

/**
 * The only caller of `String.prototype.normalize`, which takes quadratic time for runs of combining
 * marks. Throws RangeError for what nobody has held against its limit (text-limits.ts): a mistake
 * of the caller, who must refuse it first.
 */
export function normalForm(text: string, form: 'NFC' | 'NFKC' | 'NFKD'): string {
  if (text.length > LONGEST_TEXT)
    throw new RangeError('A text was to be normalised whose length nobody had looked at.');
  return text.normalize(form);
}

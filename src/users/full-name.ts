import { AppError } from '../common/errors/app-error.js';
import { clip, isTooLong } from '../common/limits/text-limits.js';
import { typedName } from '../common/text/typed-name.js';

const MOST_CHARACTERS = 130;

/**
 * Unseen, and part of a word: joiners, of which `typedName` leaves the needed ones, and Mongolian's
 * vowel separator.
 */
const OF_WORDS = /[\u200c\u200d]|(?<=\p{Script=Mongolian})\u180e(?=\p{Script=Mongolian})/gu;

/**
 * A name as people write it: NFC, without what a paste brings unseen, without control characters;
 * may be empty. Throws at `full_name`.
 */
export function parseFullName(input: string): string {
  if (isTooLong(input, 'fullName')) throw tooLong();
  const name = typedName(input, 'NFC');
  if (name.length > MOST_CHARACTERS) throw tooLong();
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/u.test(name.replace(OF_WORDS, ''))) {
    throw AppError.invalid({
      field: 'full_name',
      code: 'invalid',
      detail: 'Enter a name without control characters.',
    });
  }
  return name;
}

const tooLong = () =>
  AppError.invalid({
    field: 'full_name',
    code: 'too_long',
    detail: `Ensure this value has at most ${MOST_CHARACTERS} characters.`,
  });

/**
 * What names are ordered by and searched for: NFKC, lower case, without joiners, as long as the
 * column.
 */
export const fullNameKey = (name: string): string =>
  typedName(clip(name, 'fullName'), 'NFKC').toLowerCase().replace(OF_WORDS, '').slice(0, 260);

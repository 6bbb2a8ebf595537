import { AppError } from '../common/app-error.js';

const LONGEST = 130;

/** A name as people write it: NFC, trimmed, without control or invisible characters; may be empty. Throws at `full_name`. */
export function parseFullName(input: string): string {
  const name = input.normalize('NFC').trim();
  if (name.length > LONGEST) {
    throw AppError.invalid({
      field: 'full_name',
      code: 'too_long',
      detail: `Ensure this value has at most ${LONGEST} characters.`,
    });
  }
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/u.test(name.replace(/\u200d/gu, ''))) {
    throw AppError.invalid({ field: 'full_name', code: 'invalid', detail: 'Enter a name without control characters.' });
  }
  return name;
}

/** What names are ordered by and searched for: NFKC, lower case, as long as the column. */
export const fullNameKey = (name: string): string => name.normalize('NFKC').toLowerCase().slice(0, 260);

import { AppError } from '../common/app-error.js';
import { normalForm } from '../common/normal-form.js';
import { clip, isTooLong } from '../common/text-limits.js';

const LONGEST = 130;

/** A name as people write it: NFC, trimmed, without control or invisible characters; may be empty. Throws at `full_name`. */
export function parseFullName(input: string): string {
  if (isTooLong(input, 'fullName')) throw tooLong();
  const name = normalForm(input, 'NFC').trim();
  if (name.length > LONGEST) throw tooLong();
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/u.test(name.replace(/\u200d/gu, ''))) {
    throw AppError.invalid({ field: 'full_name', code: 'invalid', detail: 'Enter a name without control characters.' });
  }
  return name;
}

const tooLong = () =>
  AppError.invalid({
    field: 'full_name', code: 'too_long', detail: `Ensure this value has at most ${LONGEST} characters.`,
  });

/** What names are ordered by and searched for: NFKC, lower case, as long as the column. */
export const fullNameKey = (name: string): string => normalForm(clip(name, 'fullName'), 'NFKC').toLowerCase().slice(0, 260);

import { readFileSync } from 'node:fs';
import { AppError } from '../../common/errors/app-error.js';
import type { FieldErrorCode } from '../../common/errors/field-error-codes.js';
import { normalForm } from '../../common/text/normal-form.js';
import { isTooLong } from '../../common/limits/text-limits.js';
import { similarTo, type AboutPerson } from './similar-words.js';

/**
 * NIST SP 800-63B-4, 3.1.1.2: at least 8 characters beside a second factor, 15 where the password
 * stands alone; at least 64 must be taken, and nothing up to the maximum is cut.
 */
const MINIMUM = 8;
const RECOMMENDED = 15;
const MAXIMUM = 128;

/** One rule. The password is in NFC; nothing is trimmed. */
interface Rule {
  code: FieldErrorCode;
  /** The sentence beside the field, before anything is typed. */
  help: string;
  /** What is wrong, in a sentence for people. `length` counts code points, as people do. */
  problem: (chosen: { password: string; length: number; about: AboutPerson }) => string | null;
}

const RULES: readonly Rule[] = [
  {
    code: 'too_short',
    help: `Your password must contain at least ${MINIMUM} characters; ${RECOMMENDED} or more are recommended.`,
    problem: ({ length }) =>
      length < MINIMUM
        ? `This password is too short. It must contain at least ${MINIMUM} characters.`
        : null,
  },
  {
    code: 'too_long',
    help: `Your password may contain up to ${MAXIMUM} characters of any kind, spaces included.`,
    problem: ({ length }) =>
      length > MAXIMUM
        ? `This password is too long. It may contain at most ${MAXIMUM} characters.`
        : null,
  },
  {
    code: 'too_similar',
    help: 'Your password can’t be too similar to your username, your name, your phone number or the name of this service.',
    problem: ({ password, about }) => {
      const known = similarTo(password, about);
      return known && `The password is too similar to the ${known}.`;
    },
  },
  {
    code: 'too_common',
    help: 'Your password can’t be a commonly used password.',
    problem: ({ password }) => (isCommon(password) ? 'This password is too common.' : null),
  },
  {
    // Digits alone are dates and phone numbers: few, and known to others.
    code: 'entirely_numeric',
    help: 'Your password can’t be entirely numeric.',
    problem: ({ password }) =>
      /^\p{Nd}+$/u.test(password) ? 'This password is entirely numeric.' : null,
  },
];

/** What a person should know before choosing, one sentence a rule. */
export const passwordHelp: readonly string[] = RULES.map(({ help }) => help);

/**
 * Holds a new password against every rule. Throws `validation_failed` with all that is wrong at
 * `field`: `required`, or `too_short`, `too_long`, `too_similar`, `too_common`, `entirely_numeric`.
 */
export function checkPassword(typed: string, about: AboutPerson, field = 'password'): void {
  if (typed === '')
    throw AppError.invalid({ field, code: 'required', detail: 'This field is required.' });
  const problems = problemsOf(typed, about);
  if (problems.length > 0)
    throw AppError.invalid(...problems.map((problem) => ({ field, ...problem })));
}

/** What is too long is that and no more: the other rules may cost more than linear time. */
function problemsOf(typed: string, about: AboutPerson) {
  const password = isTooLong(typed, 'password') ? typed : normalForm(typed, 'NFC');
  const length = Array.from(password).length;
  const rules = length > MAXIMUM ? RULES.filter(({ code }) => code === 'too_long') : RULES;
  return rules.flatMap(({ code, problem }) => {
    const detail = problem({ password, length, about });
    return detail === null ? [] : [{ code, detail }];
  });
}

let common: ReadonlySet<string> | undefined;

/**
 * One of the 10,000 most common passwords that are long enough, in any mix of case (ASVS 5.0,
 * 6.2.4). They are read at the first check.
 */
function isCommon(password: string): boolean {
  common ??= new Set(
    readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8')
      .trimEnd()
      .split(/\r?\n/),
  );
  return common.has(password.trim().toLowerCase());
}

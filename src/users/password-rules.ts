import { AppError } from '../common/app-error.js';
import { CommonPassword } from './password-rules/common-password.js';
import { MaximumLength } from './password-rules/maximum-length.js';
import { MinimumLength } from './password-rules/minimum-length.js';
import { NumericPassword } from './password-rules/numeric-password.js';
import type { AboutPerson, PasswordRule } from './password-rules/password-rule.js';
import { SimilarPassword } from './password-rules/similar-password.js';

const RULES: readonly PasswordRule[] = [
  new MinimumLength(),
  new MaximumLength(),
  new SimilarPassword(),
  new CommonPassword(),
  new NumericPassword(),
];

/** What a person should know before choosing, one sentence a rule. */
export const passwordHelp: readonly string[] = RULES.map(({ helpText }) => helpText);

/**
 * Holds a new password against every rule. Throws `validation_failed` with all that is wrong at `field`: `required`, or
 * `too_short`, `too_long`, `too_similar`, `too_common`, `entirely_numeric`.
 */
export function checkPassword(password: string, about: AboutPerson, field = 'password'): void {
  if (password === '') throw AppError.invalid({ field, code: 'required', detail: 'This field is required.' });
  const normal = password.normalize('NFC');
  const problems = RULES.map((rule) => rule.check(normal, about)).filter((problem) => problem !== null);
  if (problems.length > 0) throw AppError.invalid(...problems.map((problem) => ({ field, ...problem })));
}

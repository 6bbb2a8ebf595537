import { AppError } from '../../common/errors/app-error.js';
import { normalForm } from '../../common/text/normal-form.js';
import { isTooLong } from '../../common/text/text-limits.js';
import { CommonPassword } from './rules/common-password.js';
import { MaximumLength } from './rules/maximum-length.js';
import { MinimumLength } from './rules/minimum-length.js';
import { NumericPassword } from './rules/numeric-password.js';
import type { AboutPerson, PasswordProblem, PasswordRule } from './rules/password-rule.js';
import { SimilarPassword } from './rules/similar-password.js';

const maximum = new MaximumLength();
const RULES: readonly PasswordRule[] = [
  new MinimumLength(),
  maximum,
  new SimilarPassword(),
  new CommonPassword(),
  new NumericPassword(),
];

/** What a person should know before choosing, one sentence a rule. */
export const passwordHelp: readonly string[] = RULES.map(({ helpText }) => helpText);

/**
 * Holds a new password against every rule. Throws `validation_failed` with all that is wrong at
 * `field`: `required`, or `too_short`, `too_long`, `too_similar`, `too_common`, `entirely_numeric`.
 */
export function checkPassword(password: string, about: AboutPerson, field = 'password'): void {
  if (password === '')
    throw AppError.invalid({ field, code: 'required', detail: 'This field is required.' });
  const problems = problemsOf(password, about);
  if (problems.length > 0)
    throw AppError.invalid(...problems.map((problem) => ({ field, ...problem })));
}

/** What is too long is that and no more: the other rules may cost more than linear time. */
function problemsOf(password: string, about: AboutPerson): PasswordProblem[] {
  if (isTooLong(password, 'password')) return [maximum.problem];
  const normal = normalForm(password, 'NFC');
  const tooLong = maximum.check(normal);
  return tooLong
    ? [tooLong]
    : RULES.map((rule) => rule.check(normal, about)).filter((problem) => problem !== null);
}

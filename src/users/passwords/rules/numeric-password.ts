import type { PasswordProblem, PasswordRule } from './password-rule.js';

/** Digits alone are dates and phone numbers: few, and known to others. */
export class NumericPassword implements PasswordRule {
  readonly helpText = 'Your password can’t be entirely numeric.';

  check(password: string): PasswordProblem | null {
    if (!/^\p{Nd}+$/u.test(password)) return null;
    return { code: 'entirely_numeric', detail: 'This password is entirely numeric.' };
  }
}

import { lengthOf, type PasswordProblem, type PasswordRule } from './password-rule.js';

/**
 * NIST SP 800-63B-4, 3.1.1.2: at least 8 characters beside a second factor, 15 where the password
 * stands alone.
 */
export class MinimumLength implements PasswordRule {
  readonly helpText: string;

  constructor(
    private readonly minimum = 8,
    recommended = 15,
  ) {
    this.helpText = `Your password must contain at least ${minimum} characters; ${recommended} or more are recommended.`;
  }

  check(password: string): PasswordProblem | null {
    if (lengthOf(password) >= this.minimum) return null;
    return {
      code: 'too_short',
      detail: `This password is too short. It must contain at least ${this.minimum} characters.`,
    };
  }
}

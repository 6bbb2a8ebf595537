import { lengthOf, type PasswordProblem, type PasswordRule } from './password-rule.js';

/** NIST SP 800-63B-4, 3.1.1.2 asks for at least 64; nothing up to the maximum is cut. */
export class MaximumLength implements PasswordRule {
  readonly helpText: string;
  readonly problem: PasswordProblem;

  constructor(private readonly maximum = 128) {
    this.helpText = `Your password may contain up to ${maximum} characters of any kind, spaces included.`;
    this.problem = {
      code: 'too_long',
      detail: `This password is too long. It may contain at most ${maximum} characters.`,
    };
  }

  check(password: string): PasswordProblem | null {
    return lengthOf(password) <= this.maximum ? null : this.problem;
  }
}

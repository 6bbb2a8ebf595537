import { readFileSync } from 'node:fs';
import type { PasswordProblem, PasswordRule } from './password-rule.js';

const LIST = new URL('../common-passwords.txt', import.meta.url);

/**
 * The 10,000 most common passwords that are long enough, in any mix of case (ASVS 5.0, 6.2.4). Read
 * at the first check.
 */
export class CommonPassword implements PasswordRule {
  readonly helpText = 'Your password can’t be a commonly used password.';
  private common: ReadonlySet<string> | undefined;

  check(password: string): PasswordProblem | null {
    this.common ??= new Set(readFileSync(LIST, 'utf8').trimEnd().split(/\r?\n/));
    if (!this.common.has(password.trim().toLowerCase())) return null;
    return { code: 'too_common', detail: 'This password is too common.' };
  }
}

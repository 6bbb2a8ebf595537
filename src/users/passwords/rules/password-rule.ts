import type { FieldErrorCode } from '../../../common/errors/field-error-codes.js';

/** What is known of the person who chooses a password. */
export interface AboutPerson {
  username: string;
  fullName: string;
  /** E.164; empty while unknown. */
  phoneNumber: string;
}

/** Why a password is refused: a stable code and a sentence for people. */
export interface PasswordProblem {
  code: FieldErrorCode;
  detail: string;
}

/** One rule. The password it gets is in NFC; nothing is trimmed. */
export interface PasswordRule {
  /** The sentence beside the field, before anything is typed. */
  readonly helpText: string;
  check(password: string, about: AboutPerson): PasswordProblem | null;
}

/** Characters as people count them for a password: code points (NIST SP 800-63B-4, 3.1.1.2). */
export const lengthOf = (password: string): number => Array.from(password).length;

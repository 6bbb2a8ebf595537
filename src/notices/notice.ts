import type { Locale } from '../common/locale.js';

/**
 * What an account's phone is told of, beside codes: `number_changed` goes to the number it was
 * before, `number_taken` to whoever has proven the number that somebody else has just proven again.
 */
export type NoticeKind =
  | 'password_changed'
  | 'username_changed'
  | 'number_changed'
  | 'two_factor_on'
  | 'two_factor_off'
  | 'new_device'
  | 'wrong_codes'
  | 'number_taken';

/**
 * A notice and whom it is for. The caller vouches that the number is, or was until now, proven by
 * this user.
 */
export interface Notice {
  kind: NoticeKind;
  userId: number;
  /** E.164. */
  phoneNumber: string;
  locale: Locale;
}

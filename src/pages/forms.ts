import { z } from 'zod';
import { AppError, type FieldError } from '../common/errors/app-error.js';
import { bounded } from '../common/text/bounded.js';
import { CHANNELS } from '../common/channel.js';
import { FieldErrors } from '../common/errors/field-errors.js';
import { LOCALES } from '../common/locale.js';
import type { TextKind } from '../common/limits/text-limits.js';
import { BY_BROWSER } from './dashboard/language-card.js';

const field = (kind: TextKind) => bounded(kind).default('');

export const registerForm = z.object({
  username: field('username'),
  country_code: field('countryCode'),
  phone_number: field('phoneNumber'),
  phone_choice: field('phoneNumber'),
  password1: field('password'),
  password2: field('password'),
  full_name: field('fullName'),
  bot_check: field('botCheck'),
  // The name that hCaptcha gives to its token.
  'h-captcha-response': field('botCheck'),
});
export const loginForm = z.object({ username: field('username'), password: field('password') });
export const verifyForm = z.object({ one_time_password: field('code') });
export const numberForm = registerForm.pick({
  country_code: true,
  phone_number: true,
  phone_choice: true,
});
export const resendForm = z.object({ channel: z.enum(CHANNELS).default('sms') });
export const passwordForm = z.object({
  old_password: field('password'),
  new_password1: field('password'),
  new_password2: field('password'),
});

const absent = z.undefined().optional();

/** The dashboard's two forms, told apart by which field is there; no browser sends both. */
export const dashboardForm = z.union([
  z.object({ two_factor_auth: z.enum(['on', 'off']), locale: absent }),
  z.object({ locale: z.enum([BY_BROWSER, ...LOCALES]), two_factor_auth: absent }),
]);

/**
 * A posted form; names it does not know are left out. Throws `malformed_request` for what no
 * browser sends of it (fields twice, odd values).
 */
export function readForm<T extends z.ZodType>(form: T, body: unknown): z.infer<T> {
  const parsed = form.safeParse(body ?? {});
  if (!parsed.success) throw new AppError('malformed_request');
  return parsed.data;
}

/** Throws `validation_failed` for empty fields and for two passwords that differ. */
export function checkForm(
  values: Readonly<Record<string, string>>,
  required: readonly string[],
  [first, second]: [string, string],
): void {
  const errors = new FieldErrors();
  for (const name of required) errors.check(() => filled(name, values[name] ?? ''));
  if (values[first] && values[second] && values[first] !== values[second]) {
    errors.check(() =>
      refuse({ field: second, code: 'mismatch', detail: 'Passwords do not match' }),
    );
  }
  errors.throwIfAny();
}

function filled(field: string, value: string): void {
  if (value === '') refuse({ field, code: 'required', detail: 'This field is required.' });
}

function refuse(error: FieldError): never {
  throw AppError.invalid(error);
}

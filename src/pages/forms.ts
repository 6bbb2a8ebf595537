import type { z } from 'zod';
import { AppError, type FieldError } from '../common/errors/app-error.js';
import { bounded } from '../common/text/bounded.js';
import { FieldErrors } from '../common/errors/field-errors.js';
import type { TextKind } from '../common/limits/text-limits.js';

/** A field of a form: text within its limit, empty where it was left out. */
export const field = (kind: TextKind) => bounded(kind).default('');

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

import { AppError } from '../common/app-error.js';
import { FieldErrors } from '../common/field-errors.js';
import { normalForm } from '../common/normal-form.js';
import { clip, isTooLong } from '../common/text-limits.js';
import { isPermission } from './permissions.js';

export interface GroupInput {
  name: string;
  permissions: readonly string[];
}

const MAX_NAME_LENGTH = 130;

/** Checks both fields and throws one `validation_failed` with all that is wrong. */
export function parseGroup({ name, permissions }: GroupInput): GroupInput {
  const errors = new FieldErrors();
  const parsed = errors.check(() => parseGroupName(name)) ?? '';
  errors.check(() => checkPermissions(permissions));
  errors.throwIfAny();
  return { name: parsed, permissions: [...new Set(permissions)] };
}

function parseGroupName(input: string): string {
  const name = normalForm(clip(input, 'groupName'), 'NFC').trim();
  if (name === '') throw AppError.invalid({ field: 'name', code: 'required', detail: 'This field is required.' });
  if (isTooLong(input, 'groupName') || Array.from(name).length > MAX_NAME_LENGTH || /\p{C}/u.test(name)) {
    throw AppError.invalid({
      field: 'name',
      code: 'invalid',
      detail: `A name has at most ${MAX_NAME_LENGTH} characters, none of them invisible.`,
    });
  }
  return name;
}

/** Throws `validation_failed` at `permissions` for a name that is none. */
export function checkPermissions(permissions: readonly string[]): void {
  if (!permissions.every(isPermission))
    throw AppError.invalid({ field: 'permissions', code: 'invalid', detail: 'Choose permissions from the list.' });
}

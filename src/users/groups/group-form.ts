import { AppError } from '../../common/errors/app-error.js';
import { isAsStored } from '../../common/as-stored.js';
import { FieldErrors } from '../../common/errors/field-errors.js';
import { clip, isTooLong } from '../../common/limits/text-limits.js';
import { typedName } from '../../common/text/typed-name.js';
import { isPermission } from './permissions.js';

export interface GroupInput {
  name: string;
  permissions: readonly string[];
}

const MAX_NAME_LENGTH = 130;

/**
 * Checks what is not as it is stored, and throws one `validation_failed` with all that is wrong.
 */
export function parseGroup({ name, permissions }: GroupInput, stored?: GroupInput): GroupInput {
  const errors = new FieldErrors();
  const parsed =
    stored && isAsStored(name, stored.name)
      ? stored.name
      : (errors.check(() => parseGroupName(name)) ?? '');
  errors.check(() =>
    checkPermissions(permissions.filter((permission) => !stored?.permissions.includes(permission))),
  );
  errors.throwIfAny();
  return { name: parsed, permissions: [...new Set(permissions)] };
}

function parseGroupName(input: string): string {
  const name = typedName(clip(input, 'groupName'), 'NFC');
  if (name === '')
    throw AppError.invalid({ field: 'name', code: 'required', detail: 'This field is required.' });
  if (
    isTooLong(input, 'groupName') ||
    Array.from(name).length > MAX_NAME_LENGTH ||
    /(?![\u200c\u200d])\p{C}/u.test(name)
  ) {
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
    throw AppError.invalid({
      field: 'permissions',
      code: 'invalid',
      detail: 'Choose permissions from the list.',
    });
}

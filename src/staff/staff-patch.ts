import { AppError } from '../common/errors/app-error.js';
import { isAsStored } from '../common/as-stored.js';
import { FieldErrors } from '../common/errors/field-errors.js';
import { parsePhoneNumber } from '../common/phone/parse-phone-number.js';
import type { Settings } from '../config/settings.js';
import { fullNameKey, parseFullName } from '../users/full-name.js';
import { checkPermissions } from '../users/groups/group-form.js';
import { UNPROVEN, type User } from '../users/user.entity.js';
import { parseUsername } from '../users/username.js';

/** What staff typed for an account; a missing field stays as it is. */
export interface StaffPatch {
  username?: string;
  fullName?: string;
  /** International, or national of the country chosen here, else of the default one. */
  phoneNumber?: string;
  /** Two letters or a calling code. */
  countryCode?: string;
  password?: string;
  twoFactorAuth?: boolean;
  changePw?: boolean;
  isActive?: boolean;
  isStaff?: boolean;
  isSuperuser?: boolean;
  permissions?: readonly string[];
  groups?: readonly number[];
}

export interface Changes {
  /** Columns to write, the password aside. */
  columns: Partial<User>;
  password: string | null;
  groups: readonly number[] | null;
  /** Snake_case names of what differs from before: what rules and events speak of. */
  fields: string[];
}

type Flag = 'isActive' | 'isStaff' | 'isSuperuser' | 'twoFactorAuth' | 'changePw';

const FLAGS: Readonly<Record<Flag, string>> = {
  isActive: 'is_active',
  isStaff: 'is_staff',
  isSuperuser: 'is_superuser',
  twoFactorAuth: 'two_factor_auth',
  changePw: 'change_pw',
};

/**
 * What a patch would change, checked; what stays as it is stored is not. Throws one
 * `validation_failed` with every refused field. The second factor can be turned off here and never
 * on; a password change can be asked for, and only the person can do it.
 */
export function changesOf(
  patch: StaffPatch,
  user: User,
  groups: readonly number[],
  settings: Settings,
): Changes {
  const changes: Changes = {
    columns: {},
    password: patch.password === undefined || patch.password === '' ? null : patch.password,
    groups: null,
    fields: [],
  };
  const errors = new FieldErrors();
  errors.check(() => setNames(changes, patch, user));
  errors.check(() => setNumber(changes, patch, user, settings));
  errors.check(() => setFlags(changes, patch, user));
  errors.check(() => setPermissions(changes, patch, user));
  errors.throwIfAny();
  if (changes.password !== null) changes.fields.push('password');
  if (patch.groups !== undefined && !sameSet(patch.groups, groups)) {
    changes.groups = patch.groups;
    changes.fields.push('groups');
  }
  return changes;
}

function setNames(
  { columns, fields }: Changes,
  { username, fullName }: StaffPatch,
  user: User,
): void {
  const errors = new FieldErrors();
  const isNew = (typed: string | undefined, stored: string): typed is string =>
    typed !== undefined && !isAsStored(typed, stored);
  const name = isNew(username, user.username)
    ? errors.check(() => parseUsername(username))
    : undefined;
  const full = isNew(fullName, user.fullName)
    ? errors.check(() => parseFullName(fullName))
    : undefined;
  errors.throwIfAny();
  if (name && name.username !== user.username) {
    Object.assign(columns, name);
    fields.push('username');
  }
  if (full !== undefined && full !== user.fullName) {
    Object.assign(columns, { fullName: full, fullNameKey: fullNameKey(full) });
    fields.push('full_name');
  }
}

// A changed number is nobody's proof any more.
function setNumber(
  { columns, fields }: Changes,
  { phoneNumber, countryCode }: StaffPatch,
  user: User,
  settings: Settings,
): void {
  if (phoneNumber === undefined || phoneNumber.trim() === '') return;
  const number = parsePhoneNumber(phoneNumber, { countryCode }, settings);
  if (number.e164 === user.phoneNumber) return;
  Object.assign(columns, {
    phoneNumber: number.e164,
    countryCode: number.countryCode,
    ...UNPROVEN,
  });
  fields.push('phone_number');
}

function setFlags({ columns, fields }: Changes, patch: StaffPatch, user: User): void {
  for (const [flag, name] of Object.entries(FLAGS) as [Flag, string][]) {
    const value = patch[flag];
    if (value === undefined || value === user[flag]) continue;
    if (flag === 'twoFactorAuth' && value)
      throw refused(name, 'Staff can turn the second factor off; only the person can turn it on.');
    if (flag === 'changePw' && !value)
      throw refused(name, 'This ends when the person has chosen a new password.');
    columns[flag] = value;
    fields.push(name);
  }
  // An ended account keeps no number from anybody; whoever is let in again proves it anew.
  if (columns.isActive === false) Object.assign(columns, UNPROVEN);
  const { isSuperuser, isStaff } = { ...user, ...columns };
  const isOther = isSuperuser !== user.isSuperuser || isStaff !== user.isStaff;
  if (isOther && isSuperuser && !isStaff)
    throw refused('is_staff', 'Superuser must have is_staff=True.');
}

function setPermissions(
  { columns, fields }: Changes,
  { permissions }: StaffPatch,
  user: User,
): void {
  if (permissions === undefined || sameSet(permissions, user.permissions)) return;
  checkPermissions(permissions.filter((name) => !user.permissions.includes(name)));
  columns.permissions = [...new Set(permissions)];
  fields.push('permissions');
}

const sameSet = <T>(one: readonly T[], other: readonly T[]): boolean => {
  const [a, b] = [new Set(one), new Set(other)];
  return a.size === b.size && [...a].every((member) => b.has(member));
};

const refused = (field: string, detail: string) =>
  AppError.invalid({ field, code: 'invalid', detail });

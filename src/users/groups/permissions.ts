import type { User } from '../user.entity.js';

/**
 * What staff may be allowed to do, by name. A superuser may do all of it without being told.
 * `users.delete` ends accounts by deactivating them, and activates them again; the row itself is
 * for superusers to delete.
 */
export const PERMISSIONS = [
  'users.view',
  'users.add',
  'users.change',
  'users.delete',
  'groups.view',
  'sessions.view',
  'sessions.end',
  'challenges.view',
  'messages.view',
  'limits.view',
  'audit.view',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** Those rights decide on; `permissions` holds the user's own and those of all groups. */
export type Rights = Pick<User, 'isActive' | 'isStaff' | 'isSuperuser'> & {
  permissions: readonly string[];
};

/**
 * A superuser has all, other staff what their own and their groups' permissions name; the inactive
 * and non-staff none.
 */
export function hasPermission(user: Rights, name: Permission): boolean {
  if (!user.isActive || !user.isStaff) return false;
  return user.isSuperuser || user.permissions.includes(name);
}

export const isPermission = (name: string): name is Permission =>
  (PERMISSIONS as readonly string[]).includes(name);

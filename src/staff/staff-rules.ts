import { AppError } from '../common/errors/app-error.js';
import { hasPermission, type Permission, type Rights } from '../users/groups/permissions.js';

/** A staff member at work: who, in which session, with which rights just now. */
export interface StaffActor {
  id: number;
  sessionId: number;
  rights: Rights;
}

/** The account worked on: its permissions are its own and its groups'. */
export interface StaffTarget {
  id: number;
  rights: Pick<Rights, 'isStaff' | 'isSuperuser' | 'permissions'>;
}

/** Fields that make rights: superusers only, and nobody changes their own. */
const RIGHTS = ['is_staff', 'is_superuser', 'groups', 'permissions'] as const;

/**
 * What people change for themselves on their own pages, with proofs that the panel does not ask
 * for: a stolen staff session must not get around those proofs.
 */
const OWN_PAGES = [
  'is_active',
  'password',
  'phone_number',
  'two_factor_auth',
  'change_pw',
] as const;

/** Throws `forbidden` unless the actor holds the permission. */
export function requirePermission({ rights }: StaffActor, name: Permission): void {
  if (!hasPermission(rights, name)) throw new AppError('forbidden');
}

/** Throws `forbidden` unless the actor is a superuser. */
export function requireSuperuser({ rights }: StaffActor): void {
  if (!isSuperuser(rights))
    throw new AppError('forbidden', { detail: 'Only superusers may do that.' });
}

/**
 * Only superusers change the accounts of staff and superusers, but everybody may change their own.
 * Nobody changes an account that has a right they lack.
 */
export function mayTouch({ id, rights }: StaffActor, target: StaffTarget): boolean {
  if (isSuperuser(rights)) return true;
  if (id !== target.id && (target.rights.isStaff || target.rights.isSuperuser)) return false;
  return target.rights.permissions.every((name) => rights.permissions.includes(name));
}

/** Throws `forbidden` where `mayTouch` is false. */
export function requireTouch(actor: StaffActor, target: StaffTarget): void {
  if (!mayTouch(actor, target))
    throw new AppError('forbidden', { detail: 'Only a superuser can change this account.' });
}

/** Throws `forbidden` for one's own account. */
export function requireOther(actor: StaffActor, target: Pick<StaffTarget, 'id'>): void {
  if (actor.id === target.id)
    throw new AppError('forbidden', {
      detail: 'You cannot do that to your own account. Ask another staff member.',
    });
}

/**
 * Whether these changed fields (snake_case names) may be written by this actor to this account.
 * Throws `forbidden`.
 */
export function checkFields(
  actor: StaffActor,
  target: Pick<StaffTarget, 'id'>,
  fields: readonly string[],
): void {
  const touches = (names: readonly string[]) => fields.some((field) => names.includes(field));
  if (touches(RIGHTS)) {
    requireSuperuser(actor);
    if (actor.id === target.id)
      throw new AppError('forbidden', {
        detail: 'You cannot change your own rights. Ask another superuser.',
      });
  }
  if (actor.id === target.id && touches(OWN_PAGES)) {
    throw new AppError('forbidden', {
      detail: 'Change your own password, phone and second factor on your own pages.',
    });
  }
}

/**
 * Whether the fields decide over who is a superuser, so that the change needs the guarded
 * statement.
 */
export const changesRights = (fields: readonly string[]): boolean =>
  fields.some((field) => (RIGHTS as readonly string[]).includes(field));

/** Whether these rights may do everything just now. */
export const isSuperuser = ({ isActive, isStaff, isSuperuser: is }: Rights): boolean =>
  isActive && isStaff && is;

import type { CurrentAdmin } from 'adminjs';
import type { CurrentSession } from '../auth/sessions/current-session.js';
import type { StaffActor } from '../staff/staff-rules.js';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { hasPermission, type Permission } from '../users/groups/permissions.js';

/** One request of a staff member: who acts with which rights now, and from where. */
export interface Visit {
  actor: StaffActor;
  client: ClientInfo;
}

const visits = new WeakMap<object, Visit>();

/**
 * What AdminJS may know of the staff member (it writes all of it into the page). The rights stay on
 * this side.
 */
export function announce({ user }: CurrentSession, visit: Visit): CurrentAdmin {
  const admin = {
    id: String(user.id),
    email: user.username,
    title: user.isSuperuser ? 'superuser' : 'staff',
  };
  visits.set(admin, visit);
  return admin;
}

/**
 * The visit behind what AdminJS calls the current admin. Throws `forbidden` for anything we did not
 * announce.
 */
export function visitOf({ currentAdmin }: { currentAdmin?: CurrentAdmin | undefined }): Visit {
  const visit = currentAdmin && visits.get(currentAdmin);
  if (!visit) throw new AppError('forbidden');
  return visit;
}

/** Whether the staff member may do this just now; nobody may whom we did not announce. */
export function can(
  context: { currentAdmin?: CurrentAdmin | undefined },
  name: Permission,
): boolean {
  const visit = context.currentAdmin && visits.get(context.currentAdmin);
  return visit !== undefined && hasPermission(visit.actor.rights, name);
}

export function isSuperuser(context: { currentAdmin?: CurrentAdmin | undefined }): boolean {
  const rights = (context.currentAdmin && visits.get(context.currentAdmin))?.actor.rights;
  return rights !== undefined && rights.isActive && rights.isStaff && rights.isSuperuser;
}

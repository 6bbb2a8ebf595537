import type { EntityManager } from 'typeorm';
import { AppError } from '../common/errors/app-error.js';
import { User } from '../users/user.entity.js';
import type { StaffActor } from './staff-rules.js';

export type Roles = Pick<User, 'isActive' | 'isStaff' | 'isSuperuser'>;

/** A derived table, for MySQL reads an updated table in no other way; it reads it under a lock. */
const ACTOR_IS_SUPERUSER =
  'EXISTS (SELECT 1 FROM (SELECT id FROM users ' +
  'WHERE id = :actor AND is_active = 1 AND is_staff = 1 AND is_superuser = 1) AS actor)';

/**
 * Sets the three flags of somebody else's account in one statement that holds only while the actor
 * is an active superuser. So one always remains, the actor, and of two who demote each other at
 * once one wins: on MySQL the other one loses a deadlock, is run again and refused. First in its
 * unit. Throws `forbidden`.
 */
export async function setRoles(
  manager: EntityManager,
  actor: StaffActor,
  id: number,
  { isActive, isStaff, isSuperuser }: Roles,
): Promise<void> {
  const update = manager.createQueryBuilder().update(User).set({ isActive, isStaff, isSuperuser });
  const { affected } = await update
    .where('id = :id AND id <> :actor', { id, actor: actor.id })
    .andWhere(ACTOR_IS_SUPERUSER)
    .execute();
  if (affected !== 1)
    throw new AppError('forbidden', { detail: 'Only another active superuser may do that.' });
}

import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { AppError } from '../../common/errors/app-error.js';
import type { Slice } from '../../common/slice.js';
import { isDuplicate } from '../../database/database-errors.js';
import { cappedCount, slice, whereBeginsWith } from '../../database/listing.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { GroupInput } from './group-form.js';
import { Group } from './group.entity.js';
import { GroupMembership } from './group-membership.entity.js';
import { User } from '../user.entity.js';

export interface GroupQuery {
  /** The beginning of a name; case counts. */
  name?: string;
}

/** Groups of staff and who is in them. Who may change them is the caller's question. */
@Injectable()
export class GroupsService {
  constructor(private readonly unit: UnitOfWork) {}

  /** One page, by name. */
  page({ name }: GroupQuery, part: Slice): Promise<Group[]> {
    return this.unit.read((manager) =>
      slice(
        groups(manager, name).orderBy('g.name', part.descending ? 'DESC' : 'ASC'),
        part,
      ).getMany(),
    );
  }

  count({ name }: GroupQuery): Promise<number> {
    return this.unit.read((manager) => cappedCount(groups(manager, name)));
  }

  findMany(ids: readonly number[]): Promise<Group[]> {
    return this.unit.read((manager) => manager.findBy(Group, { id: In([...ids]) }));
  }

  /** Throws `validation_failed` at `name`. */
  async create(manager: EntityManager, group: GroupInput): Promise<number> {
    const row = Object.assign(new Group(), group, { permissions: [...group.permissions] });
    await orNameTaken(manager.insert(Group, row));
    return row.id;
  }

  /** Throws `not_found`, `validation_failed` at `name`. */
  async edit(manager: EntityManager, id: number, group: GroupInput): Promise<void> {
    const { affected } = await orNameTaken(
      manager.update(Group, { id }, { ...group, permissions: [...group.permissions] }),
    );
    if (affected !== 1) throw new AppError('not_found');
  }

  async delete(manager: EntityManager, id: number): Promise<void> {
    await manager.delete(GroupMembership, { groupId: id });
    const { affected } = await manager.delete(Group, { id });
    if (affected !== 1) throw new AppError('not_found');
  }

  async memberIds(manager: EntityManager, groupId: number): Promise<number[]> {
    return (await manager.findBy(GroupMembership, { groupId })).map(({ userId }) => userId);
  }

  /**
   * Puts a user into these groups and no others. Throws `validation_failed` at `groups` when one
   * does not exist.
   */
  async setGroupsOf(
    manager: EntityManager,
    userId: number,
    groupIds: readonly number[],
  ): Promise<void> {
    const wanted = [...new Set(groupIds)];
    if ((await manager.countBy(Group, { id: In(wanted) })) !== wanted.length) {
      throw AppError.invalid({
        field: 'groups',
        code: 'invalid',
        detail: 'Choose groups from the list.',
      });
    }
    await manager.delete(GroupMembership, { userId });
    if (wanted.length > 0)
      await manager.insert(
        GroupMembership,
        wanted.map((groupId) => ({ userId, groupId })),
      );
  }

  /** The groups of each user, for a whole page in one read. */
  async groupIdsOf(userIds: readonly number[]): Promise<Map<number, number[]>> {
    const rows = await this.unit.read((manager) =>
      manager.find(GroupMembership, {
        where: { userId: In([...userIds]) },
        order: { groupId: 'ASC' },
      }),
    );
    const found = new Map<number, number[]>();
    for (const { userId, groupId } of rows)
      found.set(userId, [...(found.get(userId) ?? []), groupId]);
    return found;
  }

  /** The names of everything a user may do: their own permissions and those of their groups. */
  permissionsOf(userId: number): Promise<string[]> {
    return this.unit.read(async (manager) => {
      const user = await manager.findOne(User, {
        select: { id: true, permissions: true },
        where: { id: userId },
      });
      const memberships = await manager.findBy(GroupMembership, { userId });
      const of =
        memberships.length > 0
          ? await manager.findBy(Group, { id: In(memberships.map(({ groupId }) => groupId)) })
          : [];
      return [
        ...new Set([...(user?.permissions ?? []), ...of.flatMap(({ permissions }) => permissions)]),
      ].sort();
    });
  }
}

function groups(manager: EntityManager, name: string | undefined) {
  const query = manager.createQueryBuilder(Group, 'g');
  if (name !== undefined) whereBeginsWith(query, 'g.name', name);
  return query;
}

async function orNameTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!isDuplicate(error, { name: 'groups_name', column: 'groups.name' })) throw error;
    throw AppError.invalid({
      field: 'name',
      code: 'taken',
      detail: 'A group with that name already exists.',
    });
  }
}

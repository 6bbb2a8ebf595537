import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ClientInfo } from '../common/net/client-info.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { parseGroup, type GroupInput } from '../users/groups/group-form.js';
import { GroupsService } from '../users/groups/groups.service.js';
import { AccountsService } from '../auth/accounts.service.js';
import { StaffEvents } from './staff-events.js';
import { requireSuperuser, type StaffActor } from './staff-rules.js';

/**
 * Groups in the hands of superusers. A group whose permissions change, or that goes, changes the
 * role of its members: their sessions end.
 */
@Injectable()
export class StaffGroupsService {
  constructor(
    private readonly groups: GroupsService,
    private readonly accounts: AccountsService,
    private readonly unit: UnitOfWork,
    private readonly events: StaffEvents,
  ) {}

  /** Throws `forbidden`, `validation_failed`. */
  async create(actor: StaffActor, input: GroupInput, client: ClientInfo): Promise<number> {
    requireSuperuser(actor);
    const group = parseGroup(input);
    const id = await this.unit.run((manager) => this.groups.create(manager, group));
    this.events.group('group.created', actor, id, client);
    return id;
  }

  /** Throws `forbidden`, `not_found`, `validation_failed`. */
  async edit(actor: StaffActor, id: number, input: GroupInput, client: ClientInfo): Promise<void> {
    requireSuperuser(actor);
    const [stored] = await this.groups.findMany([id]);
    const group = parseGroup(input, stored);
    await this.unit.run(async (manager) => {
      await this.groups.edit(manager, id, group);
      await this.closeMembers(manager, actor, id);
    });
    this.events.group('group.edited', actor, id, client);
  }

  /** Throws `forbidden`, `not_found`. */
  async remove(actor: StaffActor, id: number, client: ClientInfo): Promise<void> {
    requireSuperuser(actor);
    await this.unit.run(async (manager) => {
      await this.closeMembers(manager, actor, id);
      await this.groups.delete(manager, id);
    });
    this.events.group('group.deleted', actor, id, client);
  }

  // Not the actor's own: a superuser has every right with and without the group.
  private async closeMembers(
    manager: EntityManager,
    actor: StaffActor,
    groupId: number,
  ): Promise<void> {
    for (const userId of await this.groups.memberIds(manager, groupId)) {
      if (userId !== actor.id) await this.accounts.closeAll(manager, userId);
    }
  }
}

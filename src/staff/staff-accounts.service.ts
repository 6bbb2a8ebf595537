import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { GroupsService } from '../users/groups/groups.service.js';
import { PasswordsService } from '../users/passwords/passwords.service.js';
import { User } from '../users/user.entity.js';
import { takenError } from '../users/users.repository.js';
import { UsersService } from '../users/users.service.js';
import { AccountsService } from '../auth/accounts.service.js';
import { setRoles } from './guarded-rights.js';
import { StaffAccessService } from './staff-access.service.js';
import { StaffEvents } from './staff-events.js';
import { StaffNumbersService } from './staff-numbers.service.js';
import { changesOf, type Changes, type StaffPatch } from './staff-patch.js';
import {
  changesRights,
  checkFields,
  requireOther,
  requirePermission,
  requireSuperuser,
  requireTouch,
  type StaffActor,
} from './staff-rules.js';

/**
 * Changes after which nothing goes on that was open before: sessions and challenges of the account
 * end.
 */
const CLOSING: readonly string[] = [
  'phone_number',
  'password',
  'two_factor_auth',
  'is_active',
  'is_staff',
  'is_superuser',
  'groups',
  'permissions',
];

/**
 * Accounts in the hands of staff: the only way the panel writes them. Every rule of the staff is
 * asked here again.
 */
@Injectable()
export class StaffAccountsService {
  constructor(
    private readonly access: StaffAccessService,
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly groups: GroupsService,
    private readonly accounts: AccountsService,
    private readonly numbers: StaffNumbersService,
    private readonly unit: UnitOfWork,
    private readonly events: StaffEvents,
    private readonly settings: Settings,
  ) {}

  /**
   * Makes an account. Its holder must replace the password at the first log-in. An account made
   * without a password refuses log-ins until staff set one. Throws like `edit`.
   */
  async create(
    actor: StaffActor,
    { username = '', fullName, phoneNumber = '', countryCode, password, ...rights }: StaffPatch,
    client: ClientInfo,
  ): Promise<number> {
    requirePermission(actor, 'users.add');
    const account = await this.users.prepare({
      username,
      fullName,
      phoneNumber,
      countryCode,
      password: password ? password : null,
    });
    if (account.phoneNumber) await this.numbers.requireFree(actor, account.phoneNumber.e164);
    const user = await this.unit.run(async (manager) => {
      const { id } = await this.users.createUser(manager, { ...account, changePw: true });
      const made = await manager.findOneByOrFail(User, { id });
      const changes = changesOf(rights, made, [], this.settings);
      checkFields(actor, made, changes.fields);
      await this.write(manager, actor, made, changes, null);
      return made;
    });
    this.events.created(actor, user.id, client);
    return user.id;
  }

  /**
   * Changes what differs. Throws `not_found`, `forbidden`, `validation_failed` with every refused
   * field, `username_taken`, `busy`.
   */
  async edit(actor: StaffActor, id: number, patch: StaffPatch, client: ClientInfo): Promise<void> {
    requirePermission(actor, 'users.change');
    await this.apply(actor, id, patch, client);
  }

  /** The everyday way to end an account; its number is free for others. Throws like `edit`. */
  deactivate(actor: StaffActor, id: number, client: ClientInfo): Promise<void> {
    return this.apply(actor, id, { isActive: false }, client);
  }

  /**
   * Lets an ended account live again, for whoever may end one; its number has to be proven anew.
   * Throws like `edit`.
   */
  activate(actor: StaffActor, id: number, client: ClientInfo): Promise<void> {
    return this.apply(actor, id, { isActive: true }, client);
  }

  /** The row, its sessions and challenges; audit rows keep the id. Superusers only. */
  async remove(actor: StaffActor, id: number, client: ClientInfo): Promise<void> {
    requireSuperuser(actor);
    const { target } = await this.access.target(id);
    requireOther(actor, target);
    await this.accounts.unitThatRemoves(async (manager, remove) => {
      await setRoles(manager, actor, id, { isActive: false, isStaff: false, isSuperuser: false });
      await remove([id]);
    });
    this.events.deleted(actor, id, client);
  }

  private async apply(
    actor: StaffActor,
    id: number,
    patch: StaffPatch,
    client: ClientInfo,
  ): Promise<void> {
    const { user, target } = await this.access.target(id);
    requireTouch(actor, target);
    const changes = changesOf(
      patch,
      user,
      (await this.groups.groupIdsOf([id])).get(id) ?? [],
      this.settings,
    );
    checkFields(actor, target, changes.fields);
    if (changes.columns.isActive !== undefined) requirePermission(actor, 'users.delete');
    if (changes.fields.length === 0) return;
    if (changes.columns.phoneNumber !== undefined)
      await this.numbers.requireFree(actor, changes.columns.phoneNumber, id);
    const hash =
      changes.password === null
        ? null
        : await this.passwords.hashNew(
            { ...user, ...changes.columns },
            changes.password,
            'password',
          );
    await this.unit.run((manager) => this.write(manager, actor, user, changes, hash));
    this.events.edited(actor, user, changes, client);
  }

  private async write(
    manager: EntityManager,
    actor: StaffActor,
    user: User,
    { columns, groups, fields }: Changes,
    hash: string | null,
  ): Promise<void> {
    if (changesRights(fields) || (user.isSuperuser && fields.includes('is_active')))
      await setRoles(manager, actor, user.id, { ...user, ...columns });
    await this.update(manager, user, columns);
    if (hash !== null) await this.passwords.replace(manager, user.id, hash, true);
    if (groups !== null) await this.groups.setGroupsOf(manager, user.id, groups);
    if (fields.some((field) => CLOSING.includes(field)))
      await this.accounts.closeAll(manager, user.id);
  }

  // Guarded by the rights that were looked at: an account promoted meanwhile is not the one the
  // actor may edit.
  private async update(
    manager: EntityManager,
    { id, isStaff, isSuperuser }: User,
    columns: Partial<User>,
  ): Promise<void> {
    if (Object.keys(columns).length === 0) return;
    const seen = {
      isStaff: columns.isStaff ?? isStaff,
      isSuperuser: columns.isSuperuser ?? isSuperuser,
    };
    try {
      const { affected } = await manager.update(User, { id, ...seen }, columns);
      if (affected !== 1)
        throw new AppError('forbidden', {
          detail: 'This account changed in the meantime. Please look again.',
        });
    } catch (error) {
      throw takenError(error) ?? error;
    }
  }
}

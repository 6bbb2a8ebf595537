import { Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { hasPermission } from '../users/groups/permissions.js';
import type { User } from '../users/user.entity.js';
import { UserNumbersService } from '../users/user-numbers.service.js';
import { AccountsService } from '../auth/accounts.service.js';
import { StaffAccessService } from './staff-access.service.js';
import { StaffEvents } from './staff-events.js';
import { isSuperuser, requireOther, requireSuperuser, type StaffActor } from './staff-rules.js';

/**
 * Numbers in the hands of staff: nobody is given one that somebody else has proven, until a
 * superuser releases it there.
 */
@Injectable()
export class StaffNumbersService {
  constructor(
    private readonly access: StaffAccessService,
    private readonly numbers: UserNumbersService,
    private readonly accounts: AccountsService,
    private readonly unit: UnitOfWork,
    private readonly events: StaffEvents,
  ) {}

  /**
   * Throws `validation_failed` at `phone_number` where another account than `id` has proven this
   * number (E.164). It says whose it is to who may look at accounts, and names the account to who
   * may release it there.
   */
  async requireFree(
    actor: StaffActor,
    phoneNumber: string,
    id: number | null = null,
  ): Promise<void> {
    const holder = await this.numbers.findHolder(phoneNumber);
    if (holder === null || holder.id === id) return;
    const mayRelease = isSuperuser(actor.rights) && holder.id !== actor.id;
    const account = mayRelease ? { account: holder.id } : {};
    throw AppError.invalid({
      field: 'phone_number',
      code: 'taken',
      detail: whatToDo(actor, holder),
      ...account,
    });
  }

  /**
   * Takes the proof of its number from somebody else's account, so that another one may have it:
   * sessions, challenges and known devices end, its phone is told, and a number has to be proven at
   * the next log-in. Superusers only. Throws `not_found`, `forbidden`.
   */
  async release(actor: StaffActor, id: number, client: ClientInfo): Promise<void> {
    requireSuperuser(actor);
    const { user, target } = await this.access.target(id);
    requireOther(actor, target);
    await this.unit.run(async (manager) => {
      if (!(await this.numbers.releaseNumber(manager, id, user.phoneNumber)))
        throw new AppError('forbidden', { detail: NOTHING });
      await this.accounts.closeAll(manager, id);
    });
    this.events.numberReleased(actor, user, client);
  }
}

function whatToDo(actor: StaffActor, { id, username }: User): string {
  if (id === actor.id) return 'You have proven this number for your own account.';
  const whose = hasPermission(actor.rights, 'users.view') ? `: ${username} (#${id})` : '';
  const what = isSuperuser(actor.rights)
    ? 'Release it there first.'
    : 'A superuser can release it there.';
  return `Another account has proven this number${whose}. ${what}`;
}

const NOTHING = 'This account no longer has a proven number. Please look again.';

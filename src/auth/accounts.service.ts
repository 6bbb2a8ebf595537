import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../database/unit-of-work.js';
import { UsersService } from '../users/users.service.js';
import { KnownDevicesService } from './sessions/known-devices.service.js';
import { FactorsService } from './factors/factors.service.js';
import { SessionsService } from './sessions/sessions.service.js';

/** What must happen to an account's sessions and challenges together with the account. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly devices: KnownDevicesService,
    private readonly factors: FactorsService,
    private readonly unit: UnitOfWork,
  ) {}

  /**
   * A unit whose `remove` takes away the rows of accounts, with their sessions, devices, challenges
   * and wrong codes; audit rows keep the ids.
   */
  async unitThatRemoves<T>(
    work: (manager: EntityManager, remove: (userIds: number[]) => Promise<void>) => Promise<T>,
  ): Promise<T> {
    let gone: number[] = [];
    const done = await this.unit.run((manager) => {
      gone = [];
      return work(manager, async (userIds) => {
        await this.remove(manager, userIds);
        gone.push(...userIds);
      });
    });
    // Behind the unit, for a budget is a write of its own. One that stays harms nobody: no id comes
    // back.
    await this.factors.forget(gone).catch(() => undefined);
    return done;
  }

  /**
   * Nothing an account has open goes on, and none of its devices is known any more: after a changed
   * number, a reset password, a deactivation, a changed role.
   */
  async closeAll(manager: EntityManager, userId: number): Promise<void> {
    await this.factors.cancel(manager, { userId });
    await this.sessions.endAll(manager, [userId]);
    await this.devices.forget(manager, [userId]);
  }

  private async remove(manager: EntityManager, userIds: number[]): Promise<void> {
    if (userIds.length === 0) return;
    await this.factors.delete(manager, userIds);
    await this.sessions.endAll(manager, userIds);
    await this.devices.forget(manager, userIds);
    await this.users.delete(manager, userIds);
  }
}

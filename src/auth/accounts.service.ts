import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PhoneVerificationService } from '../phone-verification/phone-verification.service.js';
import { UsersService } from '../users/users.service.js';
import { SessionsService } from './sessions.service.js';

/** What must happen to an account's sessions and challenges together with the account. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly phones: PhoneVerificationService,
  ) {}

  /** The rows of accounts, with their sessions and challenges; audit rows keep the ids. */
  async remove(manager: EntityManager, userIds: number[]): Promise<void> {
    if (userIds.length === 0) return;
    await this.phones.deleteOf(manager, userIds);
    await this.sessions.endAll(manager, userIds);
    await this.users.delete(manager, userIds);
  }

  /** Nothing an account has open goes on: after a changed number, a deactivation, a changed role. */
  async closeAll(manager: EntityManager, userId: number): Promise<void> {
    await this.phones.cancel(manager, { userId });
    await this.sessions.endAll(manager, [userId]);
  }
}

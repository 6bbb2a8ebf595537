import { Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import { GroupsService } from '../users/groups/groups.service.js';
import type { User } from '../users/user.entity.js';
import { UsersService } from '../users/users.service.js';
import type { CurrentSession } from '../auth/sessions/current-session.js';
import type { StaffActor, StaffTarget } from './staff-rules.js';

/**
 * Reads the rights of who acts and of who is acted upon, fresh from the database for each request.
 */
@Injectable()
export class StaffAccessService {
  constructor(
    private readonly users: UsersService,
    private readonly groups: GroupsService,
  ) {}

  async actor({ session, user }: CurrentSession): Promise<StaffActor> {
    const { isActive, isStaff, isSuperuser } = user;
    return {
      id: user.id,
      sessionId: session.id,
      rights: {
        isActive,
        isStaff,
        isSuperuser,
        permissions: await this.groups.permissionsOf(user.id),
      },
    };
  }

  /** The account with what it may do. Throws `not_found`. */
  async target(id: number): Promise<{ user: User; target: StaffTarget }> {
    const user = await this.users.findById(id);
    if (!user) throw new AppError('not_found');
    const { isStaff, isSuperuser } = user;
    return {
      user,
      target: {
        id,
        rights: { isStaff, isSuperuser, permissions: await this.groups.permissionsOf(id) },
      },
    };
  }
}

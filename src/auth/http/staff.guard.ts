import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors/app-error.js';
import { Settings } from '../../config/settings.js';
import type { ShownUser } from '../../users/user-columns.js';
import type { CurrentSession } from '../sessions/current-session.js';

/**
 * Staff, confirmed, and with nothing else pending. Routes of Nest wear it; the admin panel, whose
 * routes are not Nest's, asks `admit`.
 */
@Injectable()
export class StaffGuard implements CanActivate {
  constructor(private readonly settings: Settings) {}

  canActivate(context: ExecutionContext): boolean {
    this.admit(context.switchToHttp().getRequest<FastifyRequest>().current ?? null);
    return true;
  }

  /**
   * The session, if it may enter. Throws `unauthenticated`, `confirmation_required`,
   * `password_change_required`, `forbidden`.
   */
  admit(current: CurrentSession | null): CurrentSession {
    if (!current) throw new AppError('unauthenticated');
    if (current.state !== 'active') throw new AppError(current.state);
    if (!current.user.isStaff) throw new AppError('forbidden');
    if (this.needsTwoFactor(current.user))
      throw new AppError('forbidden', { detail: 'Turn on two-factor authentication first.' });
    return current;
  }

  /**
   * Whether a staff member has to turn on the second factor before the panel opens
   * (STAFF_TWO_FACTOR).
   */
  needsTwoFactor(user: ShownUser): boolean {
    return user.isStaff && this.settings.staffTwoFactor === 'required' && !user.twoFactorAuth;
  }
}

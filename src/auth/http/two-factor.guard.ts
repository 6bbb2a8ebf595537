import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors/app-error.js';
import { accessOf } from './access.js';

/**
 * Global: nothing beyond a pending confirmation, then nothing beyond a forced password change, but
 * what a route opens (docs/rules.md 1).
 */
@Injectable()
export class TwoFactorGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { current } = context.switchToHttp().getRequest<FastifyRequest>();
    const { isPublic, isVisitor, allowsUnconfirmed, allowsPasswordChange } = accessOf(context);
    if (isPublic || isVisitor) return true;
    if (!current) throw new AppError('unauthenticated');
    if (current.state === 'confirmation_required' && !allowsUnconfirmed)
      throw new AppError('confirmation_required');
    if (current.state === 'password_change_required' && !allowsPasswordChange)
      throw new AppError('password_change_required');
    return true;
  }
}

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../common/app-error.js';
import { PUBLIC } from '../common/public.js';
import { PASSWORD_CHANGE, UNCONFIRMED, VISITOR } from './access.js';

/**
 * Global: nothing beyond a pending confirmation, then nothing beyond a forced password change, but what a route opens (product
 * rule 1).
 */
@Injectable()
export class TwoFactorGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { current } = context.switchToHttp().getRequest<FastifyRequest>();
    const opens = (key: string) =>
      this.reflector.getAllAndOverride<boolean | undefined>(key, [context.getHandler(), context.getClass()]) === true;
    if (opens(PUBLIC) || opens(VISITOR)) return true;
    if (!current) throw new AppError('unauthenticated');
    if (current.state === 'confirmation_required' && !opens(UNCONFIRMED)) throw new AppError('confirmation_required');
    if (current.state === 'password_change_required' && !opens(PASSWORD_CHANGE)) throw new AppError('password_change_required');
    return true;
  }
}

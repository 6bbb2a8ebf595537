import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isFromThisMachine } from '../auth/this-machine.js';
import { AppError } from '../common/app-error.js';

/** Answers `not_found` to whoever is not on this machine. */
@Injectable()
export class LoopbackOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (!isFromThisMachine(context.switchToHttp().getRequest<FastifyRequest>())) throw new AppError('not_found');
    return true;
  }
}

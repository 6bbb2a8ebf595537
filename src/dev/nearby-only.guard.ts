import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isFromLocalNetwork, isFromThisMachine } from '../auth/http/this-machine.js';
import { AppError } from '../common/errors/app-error.js';
import { Settings } from '../config/settings.js';

/** Answers `not_found` to whoever is not on this machine, or with DEV_LAN in its local network. */
@Injectable()
export class NearbyOnly implements CanActivate {
  constructor(private readonly settings: Settings) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const isNear = this.settings.devLan ? isFromLocalNetwork(request) : isFromThisMachine(request);
    if (!isNear) throw new AppError('not_found');
    return true;
  }
}

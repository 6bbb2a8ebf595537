import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { timingSafeEqual } from 'node:crypto';
import { bearerToken } from '../auth/http/session-cookie.js';
import { isFromThisMachine } from '../auth/http/this-machine.js';
import { AppError } from '../common/errors/app-error.js';
import { hashToken } from '../common/token.js';
import { Settings } from '../config/settings.js';

/**
 * Lets in this machine's own requests and those with METRICS_TOKEN as their Bearer token. Everybody
 * else gets `not_found`.
 */
@Injectable()
export class MetricsGuard implements CanActivate {
  constructor(private readonly settings: Settings) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (isFromThisMachine(request) || this.hasToken(request)) return true;
    throw new AppError('not_found');
  }

  private hasToken(request: FastifyRequest): boolean {
    const { metricsToken } = this.settings;
    const token = bearerToken(request);
    return metricsToken !== null && token !== null && isSame(token, metricsToken);
  }
}

// Hashes are of one length, and tell nothing of where two tokens differ.
const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(hashToken(one)), Buffer.from(hashToken(other)));

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors/app-error.js';
import { Settings } from '../../config/settings.js';
import { accessOf, type Credentials } from './access.js';
import { CodeTimeOver } from '../code-time-over.js';
import { bearerToken, cookieToken } from './session-cookie.js';
import { SessionsService } from '../sessions/sessions.service.js';

/** Global, deny by default: no route without a session but `@Public()` and `@Visitor()` ones. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionsService,
    private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { isPublic, isVisitor, allowsUnconfirmed, credentials } = accessOf(context);
    if (isPublic) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = this.token(request, credentials);
    request.current = token ? await this.sessions.find(token) : null;
    if (request.current || isVisitor) return true;
    if (token && allowsUnconfirmed && (await this.sessions.isPendingOver(token)))
      throw new CodeTimeOver();
    throw new AppError('unauthenticated');
  }

  private token(request: FastifyRequest, credentials: Credentials): string | null {
    if (credentials === 'cookie') return cookieToken(request, this.settings);
    const bearer = bearerToken(request);
    return bearer !== null || credentials === 'bearer'
      ? bearer
      : cookieToken(request, this.settings);
  }
}

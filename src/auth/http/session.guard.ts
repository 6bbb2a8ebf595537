import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors/app-error.js';
import { Settings } from '../../config/settings.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { accessOf, type Credentials } from './access.js';
import { bearerToken, cookieToken } from './session-cookie.js';

/**
 * The token is of a session that waited for a code: both have expired. Told to whoever holds that
 * token.
 */
export class CodeTimeOver extends AppError {
  constructor() {
    super('unauthenticated', {
      detail: 'The code has expired, and its session with it. Log in again for a new one.',
    });
    this.name = 'CodeTimeOver';
  }
}

/** Global, deny by default: no route without a session but `@Public()` and `@Visitor()` ones. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionsService,
    private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = accessOf(context);
    if (access.isPublic) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = this.token(request, access.credentials);
    request.current = token ? await this.sessions.find(token) : null;
    if (request.current || access.isVisitor) return true;
    if (token && access.allowsUnconfirmed && (await this.sessions.isPendingOver(token)))
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

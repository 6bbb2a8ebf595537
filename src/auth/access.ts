import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../common/app-error.js';
import { clientOf } from './client-of.js';
import type { CurrentSession } from './current-session.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The session of this request, read by SessionGuard. */
    current?: CurrentSession | null;
  }
}

export const VISITOR = 'access:visitor';
export const UNCONFIRMED = 'access:unconfirmed';
export const PASSWORD_CHANGE = 'access:password-change';
export const CREDENTIALS = 'access:credentials';

/** Where a route's session token may come from. Pages take the cookie. */
export type Credentials = 'cookie' | 'bearer' | 'bearer-or-cookie';

/** Open to everybody; a session is read when there is one. */
export const Visitor = () => SetMetadata(VISITOR, true);

/** Open to a session whose confirmation is still pending. */
export const AllowUnconfirmed = () => SetMetadata(UNCONFIRMED, true);

/** Open to a session that still has to choose a new password. */
export const AllowPasswordChange = () => SetMetadata(PASSWORD_CHANGE, true);

export const TokenFrom = (credentials: Credentials) => SetMetadata(CREDENTIALS, credentials);

/** The session of a guarded route. */
export const Current = createParamDecorator((_: unknown, context: ExecutionContext): CurrentSession => {
  const { current } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!current) throw new AppError('unauthenticated');
  return current;
});

/** The session of a visitor's route; null for a stranger. */
export const MaybeCurrent = createParamDecorator(
  (_: unknown, context: ExecutionContext): CurrentSession | null =>
    context.switchToHttp().getRequest<FastifyRequest>().current ?? null,
);

/** From where the request came. */
export const Client = createParamDecorator((_: unknown, context: ExecutionContext) =>
  clientOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../common/app-error.js';
import type { User } from '../users/user.entity.js';
import { clientOf } from './client-of.js';
import type { LocalRequest } from './local.strategy.js';

const verified = new WeakMap<object, User>();

/** Username and password from the body only, checked by the face's own form before passport sees them. */
export abstract class LocalGuard extends AuthGuard('local') {
  /** Throws the face's errors for a body that is no log-in. */
  protected abstract credentials(body: unknown): LocalRequest['body'];

  override getRequest(context: ExecutionContext): LocalRequest {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const shim: LocalRequest = { body: this.credentials(request.body), query: {}, client: clientOf(request) };
    Object.defineProperty(shim, 'user', { set: (user: User) => verified.set(request, user) });
    return shim;
  }

  override handleRequest<T>(error: unknown, user: T | false): T {
    if (error) throw error as Error;
    if (!user) throw new AppError('invalid_credentials');
    return user;
  }
}

/** The user whose password was right, on a route that wears a LocalGuard. */
export const VerifiedUser = createParamDecorator((_: unknown, context: ExecutionContext): User => {
  const user = verified.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!user) throw new AppError('invalid_credentials');
  return user;
});

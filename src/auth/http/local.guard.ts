import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors/app-error.js';
import { clientOf } from './client-of.js';
import type { Verified } from '../credentials.service.js';
import type { LocalRequest } from './local.strategy.js';

const verified = new WeakMap<object, Verified>();

/**
 * Username and password from the body only, checked by the face's own form before passport sees
 * them.
 */
export abstract class LocalGuard extends AuthGuard('local') {
  /** Throws the face's errors for a body that is no log-in. */
  protected abstract credentials(body: unknown): LocalRequest['body'];

  /** The device tokens that this face's clients send along. */
  protected abstract deviceTokens(request: FastifyRequest): string;

  override getRequest(context: ExecutionContext): LocalRequest {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const shim: LocalRequest = {
      body: this.credentials(request.body),
      query: {},
      client: clientOf(request),
      deviceTokens: this.deviceTokens(request),
    };
    Object.defineProperty(shim, 'user', { set: (login: Verified) => verified.set(request, login) });
    return shim;
  }

  override handleRequest<T>(error: unknown, user: T | false): T {
    if (error) throw error as Error;
    if (!user) throw new AppError('invalid_credentials');
    return user;
  }
}

/** The user whose password was right, and on which device, on a route that wears a LocalGuard. */
export const VerifiedLogin = createParamDecorator(
  (_: unknown, context: ExecutionContext): Verified => {
    const login = verified.get(context.switchToHttp().getRequest<FastifyRequest>());
    if (!login) throw new AppError('invalid_credentials');
    return login;
  },
);

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors/app-error.js';
import type { Verified } from '../credentials.service.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose password was right, and on which device; passport sets it. */
    user?: Verified;
    /** The device tokens that came along, as sent; empty without. */
    devices?: string;
  }
}

/** Lets passport read username and password from a body that the face has checked. */
export abstract class LocalGuard extends AuthGuard('local') {
  /**
   * Throws the face's errors for a body that is no log-in: neither field may be missing or empty.
   */
  protected abstract check(body: unknown): void;

  /** The device tokens that this face's clients send along. */
  protected abstract devicesOf(request: FastifyRequest): string;

  override canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    this.check(request.body);
    request.devices = this.devicesOf(request);
    return super.canActivate(context);
  }

  override handleRequest<T>(error: unknown, user: T | false): T {
    if (error) throw error as Error;
    if (!user) throw new AppError('invalid_credentials');
    return user;
  }
}

/** The user whose password was right, on a route that wears a LocalGuard. */
export const VerifiedLogin = createParamDecorator(
  (_: unknown, context: ExecutionContext): Verified => {
    const { user } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!user) throw new AppError('invalid_credentials');
    return user;
  },
);

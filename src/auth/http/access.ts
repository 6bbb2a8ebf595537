import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors/app-error.js';
import type { ErrorCode } from '../../common/errors/error-table.js';
import { PUBLIC } from '../../common/public.js';
import { clientOf } from './client-of.js';
import type { CurrentSession } from '../sessions/current-session.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The session of this request, read by SessionGuard. */
    current?: CurrentSession | null;
    /** Why it was refused, for its line in the log. */
    refused?: ErrorCode;
    /** The same as it was thrown, with its cause. */
    refusedBy?: AppError;
  }
}

const VISITOR = 'access:visitor';
const UNCONFIRMED = 'access:unconfirmed';
const PASSWORD_CHANGE = 'access:password-change';
const CREDENTIALS = 'access:credentials';

/** Where a route's session token may come from. Pages take the cookie. */
export type Credentials = 'cookie' | 'bearer' | 'bearer-or-cookie';

/** Open to everybody; a session is read when there is one. */
export const Visitor = () => SetMetadata(VISITOR, true);

/** Open to a session whose confirmation is still pending. */
export const AllowUnconfirmed = () => SetMetadata(UNCONFIRMED, true);

/** Open to a session that still has to choose a new password. */
export const AllowPasswordChange = () => SetMetadata(PASSWORD_CHANGE, true);

export const TokenFrom = (credentials: Credentials) => SetMetadata(CREDENTIALS, credentials);

/**
 * Whom a route lets in, by the words above on its handler or its controller; whoever wears none is
 * closed.
 */
export interface Access {
  isPublic: boolean;
  isVisitor: boolean;
  allowsUnconfirmed: boolean;
  allowsPasswordChange: boolean;
  credentials: Credentials;
}

const reflector = new Reflector();
const read = new WeakMap<object, WeakMap<object, Access>>();

/**
 * Read once for each handler of each controller: the words never change, and every session check
 * asks for them.
 */
export function accessOf(context: ExecutionContext): Access {
  const controller = context.getClass();
  const handler = context.getHandler();
  const known = read.get(controller)?.get(handler);
  if (known) return known;
  const targets = [handler, controller];
  const wears = (key: string) =>
    reflector.getAllAndOverride<boolean | undefined>(key, targets) === true;
  const access: Access = {
    isPublic: wears(PUBLIC),
    isVisitor: wears(VISITOR),
    allowsUnconfirmed: wears(UNCONFIRMED),
    allowsPasswordChange: wears(PASSWORD_CHANGE),
    credentials:
      reflector.getAllAndOverride<Credentials | undefined>(CREDENTIALS, targets) ?? 'cookie',
  };
  if (!read.has(controller)) read.set(controller, new WeakMap());
  read.get(controller)?.set(handler, access);
  return access;
}

/** The session of a guarded route. */
export const Current = createParamDecorator(
  (_: unknown, context: ExecutionContext): CurrentSession => {
    const { current } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!current) throw new AppError('unauthenticated');
    return current;
  },
);

/** The session of a visitor's route; null for a stranger. */
export const MaybeCurrent = createParamDecorator(
  (_: unknown, context: ExecutionContext): CurrentSession | null =>
    context.switchToHttp().getRequest<FastifyRequest>().current ?? null,
);

/** From where the request came. */
export const Client = createParamDecorator((_: unknown, context: ExecutionContext) =>
  clientOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

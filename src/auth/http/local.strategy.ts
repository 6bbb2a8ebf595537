import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';
import { CredentialsService, type Verified } from '../credentials.service.js';
import { clientOf } from './client-of.js';

/**
 * Passport's way to the password check; no passport session. It would read credentials from the
 * query, too, where the body has none: LocalGuard has seen that it has.
 */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy) {
  constructor(private readonly credentials: CredentialsService) {
    super({ passReqToCallback: true });
  }

  validate(request: FastifyRequest, username: string, password: string): Promise<Verified> {
    return this.credentials.verify(username, password, clientOf(request), request.devices ?? '');
  }
}

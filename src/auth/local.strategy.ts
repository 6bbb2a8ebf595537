import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-local';
import type { ClientInfo } from '../common/client-info.js';
import type { User } from '../users/user.entity.js';
import { CredentialsService } from './credentials.service.js';

/** What LocalGuard hands to passport instead of the request. */
export interface LocalRequest {
  body: { username: string; password: string };
  /** Always empty: passport-local would read credentials from it, too. */
  query: Record<string, never>;
  client: ClientInfo;
}

/** Passport's way to the password check; no passport session. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy) {
  constructor(private readonly credentials: CredentialsService) {
    super({ passReqToCallback: true });
  }

  validate(request: LocalRequest, username: string, password: string): Promise<User> {
    return this.credentials.verify(username, password, request.client);
  }
}

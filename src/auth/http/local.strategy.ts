import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-local';
import type { ClientInfo } from '../../common/net/client-info.js';
import { CredentialsService, type Verified } from '../credentials.service.js';

/** What LocalGuard hands to passport instead of the request. */
export interface LocalRequest {
  body: { username: string; password: string };
  /** Always empty: passport-local would read credentials from it, too. */
  query: Record<string, never>;
  client: ClientInfo;
  /** The device tokens that came along, as sent; empty without. */
  deviceTokens: string;
}

/** Passport's way to the password check; no passport session. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy) {
  constructor(private readonly credentials: CredentialsService) {
    super({ passReqToCallback: true });
  }

  validate(request: LocalRequest, username: string, password: string): Promise<Verified> {
    return this.credentials.verify(username, password, request.client, request.deviceTokens);
  }
}

import {
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Injectable,
  Post,
  UseGuards,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AllowPasswordChange,
  AllowUnconfirmed,
  Client,
  Current,
  MaybeCurrent,
  TokenFrom,
  Visitor,
} from '../auth/http/access.js';
import { ConfirmationService } from '../auth/confirmation.service.js';
import type { CurrentSession } from '../auth/sessions/current-session.js';
import type { Verified } from '../auth/credentials.service.js';
import { headerDevices } from '../auth/http/device-cookie.js';
import { LocalGuard, VerifiedLogin } from '../auth/http/local.guard.js';
import { LoginService } from '../auth/login.service.js';
import { LogoutService } from '../auth/logout.service.js';
import { errorFromIssues } from '../common/errors/form-issues.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { Documented } from './openapi/documented.js';
import { sessionSchema } from './openapi/schemas.js';
import { SessionAnswers } from './session.answer.js';

@Injectable()
export class ApiLocalGuard extends LocalGuard {
  // Nest's pipe does not reach here: guards run before pipes.
  protected check(body: unknown): void {
    const { error } = sessionSchema.safeParse(body);
    if (error) throw errorFromIssues(error.issues);
  }

  protected devicesOf(request: FastifyRequest): string {
    return headerDevices(request);
  }
}

@Controller('api/v1/session')
@TokenFrom('bearer-or-cookie')
export class SessionController {
  constructor(
    private readonly logins: LoginService,
    private readonly logouts: LogoutService,
    private readonly confirmations: ConfirmationService,
    private readonly answers: SessionAnswers,
  ) {}

  @Post()
  @Visitor()
  @TokenFrom('bearer')
  @UseGuards(ApiLocalGuard)
  @Documented({
    id: 'sessionOpen',
    summary: 'Logs in by username and password. `state` says what comes next.',
    status: 201,
    answer: 'OpenedSession',
    body: sessionSchema,
    takesToken: true,
    sendsDevice: true,
    isRepeatable: true,
    problems: ['invalid_credentials', 'validation_failed', 'too_many_attempts'],
  })
  async open(
    @VerifiedLogin() verified: Verified,
    @Client() client: ClientInfo,
    @MaybeCurrent() previous: CurrentSession | null,
  ) {
    const { opened, pending } = await this.logins.login(verified, client, { previous });
    return this.answers.opened(opened, pending);
  }

  @Get()
  @AllowUnconfirmed()
  @AllowPasswordChange()
  @Documented({
    id: 'sessionShow',
    summary: 'The session of the token: its state and what it waits for.',
    status: 200,
    answer: 'Session',
    problems: ['unauthenticated'],
  })
  async show(@Current() current: CurrentSession) {
    return this.answers.of(current, await this.confirmations.pending(current));
  }

  @Delete()
  @HttpCode(204)
  @Header('clear-site-data', '"storage"')
  @AllowUnconfirmed()
  @AllowPasswordChange()
  @Documented({
    id: 'sessionEnd',
    summary: 'Logs out: the token is dead.',
    status: 204,
    problems: ['unauthenticated'],
  })
  async end(@Current() current: CurrentSession, @Client() client: ClientInfo): Promise<void> {
    await this.logouts.logout(current, client);
  }
}

import {
  Controller,
  Get,
  Injectable,
  Post,
  Query,
  Req,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Client, MaybeCurrent, Visitor } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import type { Verified } from '../../auth/credentials.service.js';
import { cookieDevices } from '../../auth/http/device-cookie.js';
import { LocalGuard, VerifiedLogin } from '../../auth/http/local.guard.js';
import { LoginService, type LoggedIn } from '../../auth/login.service.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { Settings } from '../../config/settings.js';
import { checkForm, loginForm, readForm } from '../forms.js';
import { localPath } from '../local-path.js';
import { LoginErrorFilter } from './login-error.filter.js';
import { PageReply } from '../page-reply.js';
import { LoginPage } from './login.page.js';
import { wayIn } from '../way-in.js';

@Injectable()
export class PageLocalGuard extends LocalGuard {
  constructor(private readonly settings: Settings) {
    super();
  }

  protected credentials(body: unknown) {
    const form = readForm(loginForm, body);
    checkForm(form, ['username', 'password'], ['password', 'password']);
    return form;
  }

  protected deviceTokens(request: FastifyRequest): string {
    return cookieDevices(request, this.settings);
  }
}

@Controller('login')
@Visitor()
export class LoginController {
  constructor(
    private readonly page: PageReply,
    private readonly logins: LoginService,
  ) {}

  @Get()
  form(
    @MaybeCurrent() current: CurrentSession | null,
    @Query('next') next: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    if (current?.state === 'active')
      return this.page.seeOther(reply, '/dashboard/', { message: 'already_logged_in' });
    this.page.show(
      reply,
      <LoginPage
        username=""
        next={localPath(next) ?? undefined}
        message={this.page.message(request, reply)}
      />,
    );
  }

  @Post()
  @UseGuards(PageLocalGuard)
  @UseFilters(LoginErrorFilter)
  async login(
    @VerifiedLogin() verified: Verified,
    @MaybeCurrent() previous: CurrentSession | null,
    @Client() client: ClientInfo,
    @Query('next') next: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (previous?.state === 'active')
      return this.page.seeOther(reply, '/dashboard/', { message: 'already_logged_in' });
    const { opened, pending } = await this.logins.login(verified, client, {
      previous,
      nextPath: localPath(next),
    });
    this.page.seeOther(reply, wayIn(opened), { opened, message: messageOf(opened, pending) });
  }
}

function messageOf({ state }: LoggedIn['opened'], pending: LoggedIn['pending']) {
  if (state === 'active') return 'logged_in';
  if (state === 'password_change_required') return 'password_change_needed';
  return pending?.message?.sentAt ? 'code_sent' : undefined;
}

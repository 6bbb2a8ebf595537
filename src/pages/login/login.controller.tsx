import { Get, Injectable, Post, Query, UseFilters, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Client, MaybeCurrent, Visitor } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import type { Verified } from '../../auth/credentials.service.js';
import { cookieDevices } from '../../auth/http/device-cookie.js';
import { LocalGuard, VerifiedLogin } from '../../auth/http/local.guard.js';
import { LoginService, type LoggedIn } from '../../auth/login.service.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { Settings } from '../../config/settings.js';
import { checkForm, readForm } from '../forms.js';
import { localPath } from '../local-path.js';
import { seeOther, show, type PageAnswer } from '../page-answer.js';
import { Page } from '../page.js';
import { nextStepOf } from '../next-step.js';
import { LoginErrorFilter } from './login-error.filter.js';
import { loginForm } from './login.form.js';
import { LoginPage } from './login.page.js';

@Injectable()
export class PageLocalGuard extends LocalGuard {
  constructor(private readonly settings: Settings) {
    super();
  }

  protected check(body: unknown): void {
    const form = readForm(loginForm, body);
    checkForm(form, ['username', 'password'], ['password', 'password']);
  }

  protected devicesOf(request: FastifyRequest): string {
    return cookieDevices(request, this.settings);
  }
}

@Page('login')
@Visitor()
export class LoginController {
  constructor(private readonly logins: LoginService) {}

  @Get()
  form(@MaybeCurrent() current: CurrentSession | null, @Query('next') next: unknown): PageAnswer {
    if (current?.state === 'active')
      return seeOther('/dashboard/', { message: 'already_logged_in' });
    const to = localPath(next) ?? undefined;
    return show((message) => <LoginPage username="" next={to} message={message} />);
  }

  @Post()
  @UseGuards(PageLocalGuard)
  @UseFilters(LoginErrorFilter)
  async login(
    @VerifiedLogin() verified: Verified,
    @MaybeCurrent() previous: CurrentSession | null,
    @Client() client: ClientInfo,
    @Query('next') next: unknown,
  ): Promise<PageAnswer> {
    if (previous?.state === 'active')
      return seeOther('/dashboard/', { message: 'already_logged_in' });
    const { opened, pending } = await this.logins.login(verified, client, {
      previous,
      nextPath: localPath(next),
    });
    return seeOther(nextStepOf(opened), { opened, message: messageOf(opened, pending) });
  }
}

function messageOf({ state }: LoggedIn['opened'], pending: LoggedIn['pending']) {
  if (state === 'active') return 'logged_in';
  if (state === 'password_change_required') return 'password_change_needed';
  return pending?.message?.sentAt ? 'code_sent' : undefined;
}

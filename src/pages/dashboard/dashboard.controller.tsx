import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Client, Current } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { StaffGuard } from '../../auth/http/staff.guard.js';
import { StepUpRequired } from '../../auth/two-factor.service.js';
import { TwoFactorService } from '../../auth/two-factor.service.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import type { Locale } from '../../common/locale.js';
import { formatPhoneNumber } from '../../common/phone/phone-number.js';
import { displayName, type ShownUser } from '../../users/user-columns.js';
import { UsersService } from '../../users/users.service.js';
import { dashboardForm, readForm } from '../forms.js';
import { MESSAGES } from '../messages.js';
import { PageReply } from '../page-reply.js';
import { DashboardPage } from './dashboard.page.js';
import { BY_BROWSER } from './language-card.js';

@Controller('dashboard')
export class DashboardController {
  constructor(
    private readonly page: PageReply,
    private readonly twoFactor: TwoFactorService,
    private readonly staff: StaffGuard,
    private readonly users: UsersService,
  ) {}

  @Get()
  show(
    @Current() { user }: CurrentSession,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const shown = {
      displayName: displayName(user),
      username: user.username,
      phone: formatPhoneNumber(user.phoneNumber),
      verified: user.phoneNumberVerified,
      twoFactor: user.twoFactorAuth,
      locale: user.locale,
      isStaff: user.isStaff,
    };
    const message = this.page.message(request, reply);
    this.page.show(reply, <DashboardPage user={shown} message={this.due(user) ?? message} />);
  }

  @Post()
  async change(
    @Body() body: unknown,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = readForm(dashboardForm, body);
    if (form.locale === undefined)
      await this.setTwoFactor(form.two_factor_auth === 'on', current, client, reply);
    else await this.setLocale(form.locale === BY_BROWSER ? null : form.locale, current, reply);
  }

  /** What keeps a staff member out of the panel, said where the panel's door leads to. */
  private due(user: ShownUser) {
    return this.staff.needsTwoFactor(user) ? MESSAGES.two_factor_needed : undefined;
  }

  private async setTwoFactor(
    enabled: boolean,
    current: CurrentSession,
    client: ClientInfo,
    reply: FastifyReply,
  ) {
    try {
      await this.twoFactor.set(current, enabled, client);
      this.page.seeOther(reply, '/dashboard/', {
        message: enabled ? 'two_factor_on' : 'two_factor_off',
      });
    } catch (error) {
      if (!(error instanceof StepUpRequired)) throw error;
      this.page.seeOther(reply, '/verify/', {
        message: error.pending.message?.sentAt ? 'code_sent' : undefined,
      });
    }
  }

  private async setLocale(locale: Locale | null, { user }: CurrentSession, reply: FastifyReply) {
    await this.users.setLocale(user, locale);
    this.page.seeOther(reply, '/dashboard/', { message: 'language_saved' });
  }
}

import { Body, Get, Post } from '@nestjs/common';
import { Client, Current } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { StaffGuard } from '../../auth/http/staff.guard.js';
import { StepUpRequired } from '../../auth/two-factor.service.js';
import { TwoFactorService } from '../../auth/two-factor.service.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { formatPhoneNumber } from '../../common/phone/phone-number.js';
import { displayName } from '../../users/user-columns.js';
import { UsersService } from '../../users/users.service.js';
import { readForm } from '../forms.js';
import { MESSAGES } from '../messages.js';
import { seeOther, show, type PageAnswer } from '../page-answer.js';
import { Page } from '../page.js';
import { dashboardForm } from './dashboard.form.js';
import { DashboardPage } from './dashboard.page.js';
import { BY_BROWSER } from './language-card.js';

@Page('dashboard')
export class DashboardController {
  constructor(
    private readonly twoFactor: TwoFactorService,
    private readonly staff: StaffGuard,
    private readonly users: UsersService,
  ) {}

  @Get()
  show(@Current() { user }: CurrentSession): PageAnswer {
    const shown = {
      displayName: displayName(user),
      username: user.username,
      phone: formatPhoneNumber(user.phoneNumber),
      verified: user.phoneNumberVerified,
      twoFactor: user.twoFactorAuth,
      locale: user.locale,
      isStaff: user.isStaff,
    };
    // What keeps a staff member out of the panel is said where the panel's door leads to.
    const due = this.staff.needsTwoFactor(user) ? MESSAGES.two_factor_needed : undefined;
    return show((message) => <DashboardPage user={shown} message={due ?? message} />);
  }

  @Post()
  async change(
    @Body() body: unknown,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
  ): Promise<PageAnswer> {
    const form = readForm(dashboardForm, body);
    if (form.locale === undefined)
      return this.setTwoFactor(form.two_factor_auth === 'on', current, client);
    await this.users.setLocale(current.user, form.locale === BY_BROWSER ? null : form.locale);
    return seeOther('/dashboard/', { message: 'language_saved' });
  }

  private async setTwoFactor(
    enabled: boolean,
    current: CurrentSession,
    client: ClientInfo,
  ): Promise<PageAnswer> {
    try {
      await this.twoFactor.set(current, enabled, client);
      return seeOther('/dashboard/', { message: enabled ? 'two_factor_on' : 'two_factor_off' });
    } catch (error) {
      if (!(error instanceof StepUpRequired)) throw error;
      return seeOther('/verify/', {
        message: error.pending.message?.sentAt ? 'code_sent' : undefined,
      });
    }
  }
}

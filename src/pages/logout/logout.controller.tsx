import { Get, Post } from '@nestjs/common';
import { Client, MaybeCurrent, Visitor } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { LogoutService } from '../../auth/logout.service.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { displayName } from '../../users/user-columns.js';
import { seeOther, show, type PageAnswer } from '../page-answer.js';
import { Page } from '../page.js';
import { LogoutPage } from './logout.page.js';

@Page('logout')
@Visitor()
export class LogoutController {
  constructor(private readonly logouts: LogoutService) {}

  @Get()
  form(@MaybeCurrent() current: CurrentSession | null): PageAnswer {
    const signedInAs = current?.state === 'active' ? displayName(current.user) : undefined;
    return show(<LogoutPage signedInAs={signedInAs} />);
  }

  @Post()
  async logout(
    @MaybeCurrent() current: CurrentSession | null,
    @Client() client: ClientInfo,
  ): Promise<PageAnswer> {
    if (current) await this.logouts.logout(current, client);
    // Not "cookies": it would wipe those of sibling applications on the same site.
    const headers = { 'clear-site-data': '"storage"' };
    return seeOther('/', { message: 'logged_out', isLoggedOut: true, headers });
  }
}

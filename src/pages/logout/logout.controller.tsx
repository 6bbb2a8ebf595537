import { Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Client, MaybeCurrent, Visitor } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { LogoutService } from '../../auth/logout.service.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { displayName } from '../../users/user-columns.js';
import { PageReply } from '../page-reply.js';
import { LogoutPage } from './logout.page.js';

@Controller('logout')
@Visitor()
export class LogoutController {
  constructor(
    private readonly page: PageReply,
    private readonly logouts: LogoutService,
  ) {}

  @Get()
  form(@MaybeCurrent() current: CurrentSession | null, @Res() reply: FastifyReply): void {
    this.page.show(
      reply,
      <LogoutPage
        signedInAs={current?.state === 'active' ? displayName(current.user) : undefined}
      />,
    );
  }

  @Post()
  async logout(
    @MaybeCurrent() current: CurrentSession | null,
    @Client() client: ClientInfo,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (current) await this.logouts.logout(current, client);
    this.page.logOut(reply);
    // Not "cookies": it would wipe those of sibling applications on the same site.
    void reply.header('clear-site-data', '"storage"');
    this.page.seeOther(reply, '/', { message: 'logged_out' });
  }
}

import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MaybeCurrent, Visitor } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { displayName } from '../../users/user-columns.js';
import { PageReply } from '../page-reply.js';
import { HomePage } from './home.page.js';

@Controller()
export class HomeController {
  constructor(private readonly page: PageReply) {}

  @Get()
  @Visitor()
  show(
    @MaybeCurrent() current: CurrentSession | null,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const signedInAs = current?.state === 'active' ? displayName(current.user) : undefined;
    this.page.show(
      reply,
      <HomePage signedInAs={signedInAs} message={this.page.message(request, reply)} />,
    );
  }
}

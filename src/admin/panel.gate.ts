import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientOf } from '../auth/http/client-of.js';
import type { CurrentSession } from '../auth/sessions/current-session.js';
import { cookieToken } from '../auth/http/session-cookie.js';
import { SessionsService } from '../auth/sessions/sessions.service.js';
import { StaffAccessService } from '../staff/staff-access.service.js';
import { StaffGuard } from '../auth/http/staff.guard.js';
import { AppError } from '../common/errors/app-error.js';
import { isCrossSite, isForeignCall } from '../common/net/cross-site.js';
import { isTooLong } from '../common/limits/text-limits.js';
import { Settings } from '../config/settings.js';
import { announce } from './visit.js';

/**
 * The only way into the panel: our own log-in, confirmed, staff; and never for another site's page.
 * Runs before a body is read.
 */
@Injectable()
export class PanelGate {
  constructor(
    private readonly sessions: SessionsService,
    private readonly guard: StaffGuard,
    private readonly access: StaffAccessService,
    private readonly settings: Settings,
  ) {}

  /**
   * A call of the panel's page: throws what `StaffGuard.admit` throws, and `cross_site_request`.
   */
  async call(request: FastifyRequest): Promise<void> {
    const { publicUrl } = this.settings;
    // Whatever the method: AdminJS runs actions on GET as well.
    if (isForeignCall({ headers: request.headers, publicUrl }))
      throw new AppError('cross_site_request');
    await this.enter(request, await this.session(request));
  }

  /** A page: sends whom it cannot let in to where the way in is. */
  async page(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const { method, headers } = request;
    if (isCrossSite({ method, headers, publicUrl: this.settings.publicUrl }))
      throw new AppError('cross_site_request');
    const current = await this.session(request);
    const elsewhere = this.wayIn(current, request.url);
    if (elsewhere !== null) return reply.redirect(elsewhere, 302);
    await this.enter(request, current);
    return undefined;
  }

  private async session(request: FastifyRequest): Promise<CurrentSession | null> {
    const token = cookieToken(request, this.settings);
    request.current = token === null ? null : await this.sessions.find(token);
    return request.current;
  }

  private async enter(request: FastifyRequest, session: CurrentSession | null): Promise<void> {
    const current = this.guard.admit(session);
    request.staff = announce(current, {
      actor: await this.access.actor(current),
      client: clientOf(request),
    });
  }

  private wayIn(current: CurrentSession | null, url: string): string | null {
    const isWorthIt = url.startsWith('/admin') && !isTooLong(url, 'path');
    if (current === null) return `/login/?next=${encodeURIComponent(isWorthIt ? url : '/admin')}`;
    if (current.state === 'confirmation_required') return '/verify/';
    if (current.state === 'password_change_required') return '/password/';
    return this.guard.needsTwoFactor(current.user) ? '/dashboard/' : null;
  }
}

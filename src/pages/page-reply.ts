import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { OpenedSession } from '../auth/sessions/current-session.js';
import { setDeviceCookie } from '../auth/http/device-cookie.js';
import { clearSessionCookie, isSecure, setSessionCookie } from '../auth/http/session-cookie.js';
import type { AppError } from '../common/errors/app-error.js';
import { Clock } from '../common/clock.js';
import { ERROR_TABLE } from '../common/errors/error-table.js';
import { Settings } from '../config/settings.js';
import { isMessageId, MESSAGES, type MessageId } from './messages.js';
import type { PageMessage } from './views/message.js';
import { renderPage } from './views/render.js';

interface RedirectOptions {
  message?: MessageId;
  /** A session whose token was just made. */
  opened?: OpenedSession;
}

/**
 * How a page answers: shown on the spot, or by a redirect after a success (303, so that a reload
 * sends nothing twice).
 */
@Injectable()
export class PageReply {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  show(reply: FastifyReply, page: VNode, status = 200): void {
    void reply
      .code(status)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(renderPage(page));
  }

  /** The page again, with what was refused. */
  refuse(reply: FastifyReply, page: VNode, error: AppError): void {
    if (error.params.retryAfter !== undefined)
      void reply.header('retry-after', error.params.retryAfter);
    reply.request.refusedBy = error;
    this.show(reply, page, statusOf(error));
  }

  seeOther(reply: FastifyReply, to: string, { message, opened }: RedirectOptions = {}): void {
    if (opened) this.logIn(reply, opened);
    if (message !== undefined)
      void reply.setCookie(this.messageCookie(), message, { ...this.cookie(), maxAge: 60 });
    void reply.header('cache-control', 'no-store').redirect(to, 303);
  }

  /** The cookies of a session whose token was just made. */
  logIn(reply: FastifyReply, opened: OpenedSession): void {
    setSessionCookie(reply, opened, this.settings, this.clock.now());
    if (opened.deviceToken !== null) setDeviceCookie(reply, opened.deviceToken, this.settings);
  }

  logOut(reply: FastifyReply): void {
    clearSessionCookie(reply, this.settings);
  }

  /** The message of the redirect that led here; shown once. */
  message(request: FastifyRequest, reply: FastifyReply): PageMessage | undefined {
    const id = request.cookies[this.messageCookie()];
    if (id === undefined) return undefined;
    void reply.clearCookie(this.messageCookie(), this.cookie());
    return isMessageId(id) ? MESSAGES[id] : undefined;
  }

  private messageCookie(): string {
    return isSecure(this.settings) ? '__Host-message' : 'message';
  }

  private cookie() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(this.settings) } as const;
  }
}

/** A taken name or number counts as a refused field (422). */
const statusOf = (error: AppError): number =>
  ERROR_TABLE[error.code].status === 409 ? 422 : ERROR_TABLE[error.code].status;

import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CodeTimeOver } from '../auth/http/session.guard.js';
import { cookieToken } from '../auth/http/session-cookie.js';
import type { AppError } from '../common/errors/app-error.js';
import { ERROR_TABLE } from '../common/errors/error-table.js';
import { Settings } from '../config/settings.js';
import { localPath } from './local-path.js';
import { seeOther, show, type PageAnswer } from './page-answer.js';
import { PageReply } from './page-reply.js';
import { ErrorPage } from './views/error.page.js';

const HOME = { href: '/', label: 'To the start page' };

/**
 * An error becomes the page a person can go on from: the step that is due, or a page that says what
 * happened and where to go.
 */
@Injectable()
export class PageErrors {
  constructor(
    private readonly page: PageReply,
    private readonly settings: Settings,
  ) {}

  answer(error: AppError, request: FastifyRequest, reply: FastifyReply): void {
    this.page.send(this.due(error, request) ?? pageOf(error, request), reply);
  }

  // The cookie stays: the answer to a second click must not take away the session that the first
  // one opened.
  private due(error: AppError, request: FastifyRequest): PageAnswer | null {
    switch (error.code) {
      case 'unauthenticated': {
        const hadOne = cookieToken(request, this.settings) !== null;
        return seeOther(loginPath(request), { message: hadOne ? overOf(error) : undefined });
      }
      case 'confirmation_required':
        return seeOther('/verify/', { message: 'confirm_first' });
      case 'password_change_required':
        return seeOther('/password/', { message: 'password_change_needed' });
      default:
        return null;
    }
  }
}

function pageOf(error: AppError, request: FastifyRequest): PageAnswer {
  const { status, title } = ERROR_TABLE[error.code];
  const { retryAfter, detail } = error.params;
  const next =
    request.method === 'GET' && status >= 500 ? { href: request.url, label: 'Try again' } : HOME;
  const said = { status, title, detail, retryAfter, requestId: request.id, next };
  return show(<ErrorPage {...said} />, { status, retryAfter });
}

const overOf = (error: AppError) =>
  error instanceof CodeTimeOver ? ('code_over' as const) : ('session_over' as const);

// Nothing to come back to on the confirm page: its challenge went with the session.
function loginPath({ method, url }: FastifyRequest): string {
  const isWorthIt =
    (method === 'GET' || method === 'HEAD') &&
    !url.startsWith('/verify') &&
    localPath(url) !== null;
  return isWorthIt ? `/login/?next=${encodeURIComponent(url).replaceAll('%2F', '/')}` : '/login/';
}

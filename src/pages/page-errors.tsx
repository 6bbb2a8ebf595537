import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CodeTimeOver } from '../auth/http/session.guard.js';
import { cookieToken } from '../auth/http/session-cookie.js';
import type { AppError } from '../common/errors/app-error.js';
import { ERROR_TABLE } from '../common/errors/error-table.js';
import { Settings } from '../config/settings.js';
import { localPath } from './local-path.js';
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
    const due = this.due(error, request);
    if (due) return this.page.seeOther(reply, due.to, { message: due.message });
    const { status, title } = ERROR_TABLE[error.code];
    const { retryAfter, detail } = error.params;
    if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
    const next =
      request.method === 'GET' && status >= 500 ? { href: request.url, label: 'Try again' } : HOME;
    this.page.show(
      reply,
      <ErrorPage
        status={status}
        title={title}
        detail={detail}
        retryAfter={retryAfter}
        requestId={request.id}
        next={next}
      />,
      status,
    );
  }

  // The cookie stays: the answer to a second click must not take away the session that the first
  // one opened.
  private due(error: AppError, request: FastifyRequest) {
    switch (error.code) {
      case 'unauthenticated':
        return {
          to: loginPath(request),
          message: cookieToken(request, this.settings) === null ? undefined : overOf(error),
        };
      case 'confirmation_required':
        return { to: '/verify/', message: 'confirm_first' } as const;
      case 'password_change_required':
        return { to: '/password/', message: 'password_change_needed' } as const;
      default:
        return null;
    }
  }
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

import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { OpenedSession } from '../auth/sessions/current-session.js';
import { setDeviceCookie } from '../auth/http/device-cookie.js';
import { clearSessionCookie, setSessionCookie } from '../auth/http/session-cookie.js';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { isMessageId, MESSAGES } from './messages.js';
import type { PageAnswer, Redirect } from './page-answer.js';
import { clearPageCookie, pageCookie, setPageCookie, type PageCookie } from './page-cookie.js';
import type { PageMessage } from './views/message.js';
import { renderPage } from './views/render.js';

const MESSAGE: PageCookie = { name: 'message', path: '/', seconds: 60 };

type Body = string | undefined;

/** Sends what a page's handler returned. */
@Injectable()
export class PageReply implements NestInterceptor<PageAnswer, Body> {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<PageAnswer>): Observable<Body> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answer) => this.write(answer, reply)));
  }

  /** The same for whoever answers in a handler's place. */
  send(answer: PageAnswer, reply: FastifyReply): void {
    void reply.send(this.write(answer, reply));
  }

  /** The cookies of a session whose token was just made. */
  logIn(reply: FastifyReply, opened: OpenedSession): void {
    setSessionCookie(reply, opened, this.settings, this.clock.now());
    if (opened.deviceToken !== null) setDeviceCookie(reply, opened.deviceToken, this.settings);
  }

  /** Status and headers; gives the body. */
  private write(answer: PageAnswer, reply: FastifyReply): Body {
    const { opened, isLoggedOut, keeps, forgets, headers = {} } = answer;
    if (opened) this.logIn(reply, opened);
    if (isLoggedOut) clearSessionCookie(reply, this.settings);
    if (keeps) setPageCookie(reply, ...keeps, this.settings);
    if (forgets) clearPageCookie(reply, forgets, this.settings);
    void reply.headers({ ...headers, 'cache-control': 'no-store' });
    if ('to' in answer) return this.redirect(answer, reply);
    const { view, status, retryAfter, refusedBy } = answer;
    if (refusedBy) reply.request.refusedBy = refusedBy;
    if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
    void reply.code(status).type('text/html; charset=utf-8');
    return renderPage(typeof view === 'function' ? view(this.message(reply)) : view);
  }

  private redirect({ to, message }: Redirect, reply: FastifyReply): undefined {
    if (message !== undefined) setPageCookie(reply, MESSAGE, message, this.settings);
    void reply.code(303).header('location', to);
  }

  /** The message of the redirect that led here; shown once. */
  private message(reply: FastifyReply): PageMessage | undefined {
    const id = pageCookie(reply.request, MESSAGE, this.settings);
    clearPageCookie(reply, MESSAGE, this.settings);
    return id !== undefined && isMessageId(id) ? MESSAGES[id] : undefined;
  }
}

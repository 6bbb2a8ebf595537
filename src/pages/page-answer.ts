import type { VNode } from 'preact';
import type { OpenedSession } from '../auth/sessions/current-session.js';
import type { AppError } from '../common/errors/app-error.js';
import { ERROR_TABLE } from '../common/errors/error-table.js';
import type { MessageId } from './messages.js';
import type { PageCookie } from './page-cookie.js';
import type { PageMessage } from './views/message.js';

/** What a page's handler returns: a page, shown on the spot, or where to go after a success. */
export type PageAnswer = (Shown | Redirect) & Beside;

interface Shown {
  view: View;
  status: number;
  /** Seconds after which it may go better. */
  retryAfter?: number | undefined;
  /** What was refused, for the log. */
  refusedBy?: AppError;
}

export interface Redirect {
  to: string;
  /** Told by the page that it leads to. */
  message?: MessageId | undefined;
}

/** What the browser gets beside the page. */
interface Beside {
  /** A session whose token was just made. */
  opened?: OpenedSession;
  /** The browser's session is over. */
  isLoggedOut?: boolean;
  keeps?: readonly [PageCookie, string];
  forgets?: PageCookie;
  headers?: Readonly<Record<string, string>>;
}

/** Gets the message of the redirect that led here; what takes it has shown it. */
type View = VNode | ((message: PageMessage | undefined) => VNode);

export const show = (view: View, beside: Beside & Partial<Shown> = {}): PageAnswer => ({
  view,
  status: 200,
  ...beside,
});

/** The page again, with what was refused. A taken name or number counts as a refused field. */
export function refuse(error: AppError, view: View, beside: Beside = {}): PageAnswer {
  const { status: own } = ERROR_TABLE[error.code];
  const status = own === 409 ? 422 : own;
  return { view, status, retryAfter: error.params.retryAfter, refusedBy: error, ...beside };
}

/** 303, so that a reload sends nothing twice. */
export const seeOther = (to: string, beside: Omit<Redirect, 'to'> & Beside = {}): PageAnswer => ({
  to,
  ...beside,
});

import { Controller, Get, Header, Query, UseGuards } from '@nestjs/common';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Public } from '../common/public.js';
import { InboxSender } from '../messaging/vendors/inbox/inbox.sender.js';
import { InboxPage } from './inbox.view.js';
import { NearbyOnly } from './nearby-only.guard.js';

interface InboxJson {
  messages: { to: string; channel: string; text: string; code: string | null; sent_at: string }[];
}

/**
 * What the local sender "sent": for a developer's eyes, and for tests that play the person with the
 * phone.
 */
@Public()
@UseGuards(NearbyOnly)
@Controller('dev')
export class InboxController {
  constructor(private readonly inbox: InboxSender) {}

  @Get('inbox')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  page(): string {
    return `<!doctype html>${renderToString(h(InboxPage, { messages: this.inbox.messages() }))}`;
  }

  /** `to` is an E.164 number; its `+` may come unescaped, which a query string reads as a blank. */
  @Get('inbox.json')
  @Header('cache-control', 'no-store')
  json(@Query('to') to: unknown): InboxJson {
    const number = typeof to === 'string' ? to.replace(/^ /, '+') : undefined;
    const messages = this.inbox.messages(number);
    const shown = messages.map(({ to, channel, text, code, sentAt }) => ({
      to,
      channel,
      text,
      code: code === '' ? null : code,
      sent_at: sentAt.toISOString(),
    }));
    return { messages: shown };
  }
}

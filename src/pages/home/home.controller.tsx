import { Get } from '@nestjs/common';
import { MaybeCurrent, Visitor } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { displayName } from '../../users/user-columns.js';
import { show, type PageAnswer } from '../page-answer.js';
import { Page } from '../page.js';
import { HomePage } from './home.page.js';

@Page('')
export class HomeController {
  @Get()
  @Visitor()
  show(@MaybeCurrent() current: CurrentSession | null): PageAnswer {
    const signedInAs = current?.state === 'active' ? displayName(current.user) : undefined;
    return show((message) => <HomePage signedInAs={signedInAs} message={message} />);
  }
}

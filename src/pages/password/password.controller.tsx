import { Body, Get, Post } from '@nestjs/common';
import { AllowPasswordChange, Client, Current } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { PasswordChangeService } from '../../auth/password-change.service.js';
import { AppError } from '../../common/errors/app-error.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { passwordHelp } from '../../users/passwords/password-rules.js';
import { displayName } from '../../users/user-columns.js';
import { sentencesOf } from '../field-sentences.js';
import { checkForm, readForm } from '../forms.js';
import { refuse, seeOther, show, type PageAnswer } from '../page-answer.js';
import { Page } from '../page.js';
import { nextStepOf } from '../next-step.js';
import { passwordForm } from './password.form.js';
import { PasswordPage } from './password.page.js';

const FIELDS = { old: 'old_password', new: 'new_password1' };

@Page('password')
@AllowPasswordChange()
export class PasswordController {
  constructor(private readonly passwords: PasswordChangeService) {}

  @Get()
  form(@Current() current: CurrentSession): PageAnswer {
    return show((message) => <PasswordPage {...shown(current)} errors={{}} message={message} />);
  }

  @Post()
  async change(
    @Body() body: unknown,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
  ): Promise<PageAnswer> {
    const form = readForm(passwordForm, body);
    try {
      checkForm(
        form,
        ['old_password', 'new_password1', 'new_password2'],
        ['new_password1', 'new_password2'],
      );
      const given = { old: form.old_password, new: form.new_password1, fields: FIELDS };
      const opened = await this.passwords.change(current, given, client);
      const goesOn = current.state === 'password_change_required';
      const message = 'password_changed';
      return seeOther(goesOn ? nextStepOf(opened) : '/dashboard/', { opened, message });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'unauthenticated') throw error;
      return refuse(error, <PasswordPage {...shown(current)} errors={sentencesOf(error)} />);
    }
  }
}

const shown = ({ user, state }: CurrentSession) => ({
  username: user.username,
  signedInAs: displayName(user),
  forced: state === 'password_change_required',
  help: passwordHelp,
});

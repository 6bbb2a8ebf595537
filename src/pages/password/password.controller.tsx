import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowPasswordChange, Client, Current } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { PasswordChangeService } from '../../auth/password-change.service.js';
import { AppError } from '../../common/errors/app-error.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { displayName } from '../../users/user-columns.js';
import { passwordHelp } from '../../users/passwords/password-rules.js';
import { sentencesOf } from '../field-sentences.js';
import { checkForm, passwordForm, readForm } from '../forms.js';
import { PageReply } from '../page-reply.js';
import type { FieldErrors } from '../views/field-errors.js';
import { PasswordPage } from './password.page.js';
import { wayIn } from '../way-in.js';

const FIELDS = { old: 'old_password', new: 'new_password1' };

@Controller('password')
@AllowPasswordChange()
export class PasswordController {
  constructor(
    private readonly page: PageReply,
    private readonly passwords: PasswordChangeService,
  ) {}

  @Get()
  form(
    @Current() current: CurrentSession,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    this.page.show(reply, this.view(current, {}, this.page.message(request, reply)));
  }

  @Post()
  async change(
    @Body() body: unknown,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = readForm(passwordForm, body);
    try {
      checkForm(
        form,
        ['old_password', 'new_password1', 'new_password2'],
        ['new_password1', 'new_password2'],
      );
      const opened = await this.passwords.change(
        current,
        { old: form.old_password, new: form.new_password1, fields: FIELDS },
        client,
      );
      const goesOn = current.state === 'password_change_required';
      this.page.seeOther(reply, goesOn ? wayIn(opened) : '/dashboard/', {
        opened,
        message: 'password_changed',
      });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'unauthenticated') throw error;
      this.page.refuse(reply, this.view(current, sentencesOf(error)), error);
    }
  }

  private view(
    { user, state }: CurrentSession,
    errors: FieldErrors,
    message?: ReturnType<PageReply['message']>,
  ) {
    const forced = state === 'password_change_required';
    const names = { username: user.username, signedInAs: displayName(user) };
    return (
      <PasswordPage
        {...names}
        forced={forced}
        errors={errors}
        help={passwordHelp}
        message={message}
      />
    );
  }
}

import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Client, MaybeCurrent, Visitor } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { RegistrationService } from '../../auth/registration.service.js';
import { isSecure } from '../../auth/http/session-cookie.js';
import type { BotTask } from '../../bot-check/bot-check.js';
import { BotChecks } from '../../bot-check/bot-checks.service.js';
import { AppError } from '../../common/errors/app-error.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { FieldErrors } from '../../common/errors/field-errors.js';
import { policyAllowing } from '../../common/net/security-headers.js';
import { Settings } from '../../config/settings.js';
import { parseAccount, type AccountInput } from '../../users/account-form.js';
import { takeDraft } from './draft-cookie.js';
import { sentencesOf } from '../field-sentences.js';
import { checkForm, readForm, registerForm } from '../forms.js';
import { PageReply } from '../page-reply.js';
import { RegisterForm } from './register-form.js';
import { meantNumber } from './shown-country.js';
import { keepNumber } from './typed-number-cookie.js';

const FIELD_NAMES = {
  password: 'password1',
  username_taken: 'username',
  phone_number_taken: 'phone_number',
};

@Controller('register')
@Visitor()
export class RegisterController {
  constructor(
    private readonly page: PageReply,
    private readonly registrations: RegistrationService,
    private readonly bots: BotChecks,
    private readonly settings: Settings,
  ) {}

  @Get()
  async form(
    @MaybeCurrent() current: CurrentSession | null,
    @Client() client: ClientInfo,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (current?.state === 'active')
      return this.page.seeOther(reply, '/dashboard/', { message: 'already_logged_in' });
    const values = takeDraft(request, reply, isSecure(this.settings));
    const message = this.page.message(request, reply);
    const botTask = await this.botTask(client, reply);
    const { settings } = this;
    this.page.show(reply, <RegisterForm {...{ values, message, botTask, request, settings }} />);
  }

  @Post()
  async register(
    @Body() body: unknown,
    @MaybeCurrent() current: CurrentSession | null,
    @Client() client: ClientInfo,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (current?.state === 'active')
      return this.page.seeOther(reply, '/dashboard/', { message: 'already_logged_in' });
    const {
      password1,
      password2,
      bot_check,
      'h-captcha-response': token,
      phone_choice,
      ...form
    } = readForm(registerForm, body);
    const values = { ...form, phone_number: meantNumber(form, phone_choice) };
    const input = {
      username: values.username,
      password: password1,
      phoneNumber: values.phone_number,
      countryCode: values.country_code,
      fullName: values.full_name,
      botCheck: bot_check || token,
    };
    try {
      this.check(input, { password1, password2 });
      const { opened, pending } = await this.registrations.register(input, client, current);
      keepNumber(reply, opened, isSecure(this.settings));
      this.page.seeOther(reply, '/verify/', {
        opened,
        message: pending.message?.sentAt ? 'code_sent' : undefined,
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const errors = sentencesOf(error, FIELD_NAMES);
      const botTask = await this.botTask(
        client,
        reply,
        'bot_check' in errors || error.code === 'bot_check_unavailable',
      );
      const choices = error.params.fields?.flatMap((field) => field.choices ?? []) ?? [];
      const { settings } = this;
      this.page.refuse(
        reply,
        <RegisterForm {...{ values, errors, choices, botTask, request, settings }} />,
        error,
      );
    }
  }

  // What only the form knows, together with what every account is held against: nobody should mend
  // one and be told of the other.
  private check(input: AccountInput, passwords: Record<'password1' | 'password2', string>): void {
    const errors = new FieldErrors();
    errors.check(() => checkForm(passwords, ['password2'], ['password1', 'password2']));
    errors.check(() => parseAccount(input, this.settings));
    errors.throwIfAny();
  }

  // A puzzle answered counts once, so each form gets one of its own. Where the database cannot say,
  // the check does no harm.
  private async botTask(
    client: ClientInfo,
    reply: FastifyReply,
    isAsked = false,
  ): Promise<BotTask | null> {
    const task =
      isAsked || (await this.bots.isNeededBy(client).catch(() => true))
        ? await this.bots.newTask()
        : null;
    if (task && 'widget' in task)
      void reply.header('content-security-policy', policyAllowing(task.widget.origins));
    return task;
  }
}

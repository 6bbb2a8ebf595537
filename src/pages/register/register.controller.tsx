import { Body, Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Client, MaybeCurrent, Visitor } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { RegistrationService, type RegistrationInput } from '../../auth/registration.service.js';
import type { BotTask } from '../../bot-check/bot-check.js';
import { BotChecks } from '../../bot-check/bot-checks.service.js';
import { AppError } from '../../common/errors/app-error.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { FieldErrors } from '../../common/errors/field-errors.js';
import { policyAllowing } from '../../common/net/security-headers.js';
import { Settings } from '../../config/settings.js';
import { parseAccount } from '../../users/account-form.js';
import { choicesOf, sentencesOf } from '../field-sentences.js';
import { checkForm, readForm } from '../forms.js';
import { refuse, seeOther, show, type PageAnswer } from '../page-answer.js';
import { pageCookie } from '../page-cookie.js';
import { Page } from '../page.js';
import { DRAFT, draftOfCookie, type Draft } from './draft-cookie.js';
import { registerForm } from './register.form.js';
import { RegisterView } from './register.view.js';
import { meantNumber } from './shown-country.js';
import { TYPED_NUMBER, typedNumberValue } from './typed-number-cookie.js';

const FIELD_NAMES = {
  password: 'password1',
  username_taken: 'username',
  phone_number_taken: 'phone_number',
};

@Page('register')
@Visitor()
export class RegisterController {
  constructor(
    private readonly registrations: RegistrationService,
    private readonly bots: BotChecks,
    private readonly settings: Settings,
  ) {}

  @Get()
  async form(
    @MaybeCurrent() current: CurrentSession | null,
    @Client() client: ClientInfo,
    @Req() request: FastifyRequest,
  ): Promise<PageAnswer> {
    if (current?.state === 'active')
      return seeOther('/dashboard/', { message: 'already_logged_in' });
    const { settings } = this;
    const values = draftOfCookie(pageCookie(request, DRAFT, settings));
    const botTask = await this.botTask(client);
    return show(
      (message) => <RegisterView {...{ values, message, botTask, request, settings }} />,
      { forgets: DRAFT, headers: headersFor(botTask) },
    );
  }

  @Post()
  async register(
    @Body() body: unknown,
    @MaybeCurrent() current: CurrentSession | null,
    @Client() client: ClientInfo,
    @Req() request: FastifyRequest,
  ): Promise<PageAnswer> {
    if (current?.state === 'active')
      return seeOther('/dashboard/', { message: 'already_logged_in' });
    const form = readForm(registerForm, body);
    const typed = { ...form, phone_number: meantNumber(form, form.phone_choice) };
    try {
      const input = this.checked(typed);
      const { opened, pending } = await this.registrations.register(input, client, current);
      return seeOther('/verify/', {
        opened,
        keeps: [TYPED_NUMBER, typedNumberValue(opened)],
        message: pending.message?.sentAt ? 'code_sent' : undefined,
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return this.refused(error, typed, client, request);
    }
  }

  private async refused(
    error: AppError,
    values: Draft,
    client: ClientInfo,
    request: FastifyRequest,
  ): Promise<PageAnswer> {
    const errors = sentencesOf(error, FIELD_NAMES);
    const isAsked = 'bot_check' in errors || error.code === 'bot_check_unavailable';
    const botTask = await this.botTask(client, isAsked);
    const form = { values, errors, choices: choicesOf(error), botTask, request };
    const view = <RegisterView {...form} settings={this.settings} />;
    return refuse(error, view, { headers: headersFor(botTask) });
  }

  // What only the form knows, together with what every account is held against: nobody should mend
  // one and be told of the other.
  private checked(typed: Form): RegistrationInput {
    const input = {
      username: typed.username,
      password: typed.password1,
      phoneNumber: typed.phone_number,
      countryCode: typed.country_code,
      fullName: typed.full_name,
      botCheck: typed.bot_check || typed['h-captcha-response'],
    };
    const { password1, password2 } = typed;
    const errors = new FieldErrors();
    errors.check(() =>
      checkForm({ password1, password2 }, ['password2'], ['password1', 'password2']),
    );
    errors.check(() => parseAccount(input, this.settings));
    errors.throwIfAny();
    return input;
  }

  // A puzzle answered counts once, so each form gets one of its own. Where the database cannot say,
  // the check does no harm.
  private async botTask(client: ClientInfo, isAsked = false): Promise<BotTask | null> {
    return isAsked || (await this.bots.isNeededBy(client).catch(() => true))
      ? this.bots.newTask()
      : null;
  }
}

type Form = z.infer<typeof registerForm>;

const headersFor = (task: BotTask | null): Record<string, string> =>
  task && 'widget' in task
    ? { 'content-security-policy': policyAllowing(task.widget.origins) }
    : {};

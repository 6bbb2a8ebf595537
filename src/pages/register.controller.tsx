import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Client, MaybeCurrent, Visitor } from '../auth/access.js';
import type { CurrentSession } from '../auth/current-session.js';
import { RegistrationService } from '../auth/registration.service.js';
import { isSecure } from '../auth/session-cookie.js';
import { AppError } from '../common/app-error.js';
import type { ClientInfo } from '../common/client-info.js';
import { Settings } from '../config/settings.js';
import { takeDraft } from './draft-cookie.js';
import { sentencesOf } from './field-sentences.js';
import { checkForm, readForm, registerForm } from './forms.js';
import { PageReply } from './page-reply.js';
import { RegisterForm } from './register-form.js';

const FIELD_NAMES = { password: 'password1', username_taken: 'username', phone_number_taken: 'phone_number' };

@Controller('register')
@Visitor()
export class RegisterController {
  constructor(
    private readonly page: PageReply,
    private readonly registrations: RegistrationService,
    private readonly settings: Settings,
  ) {}

  @Get()
  form(@MaybeCurrent() current: CurrentSession | null, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    if (current?.state === 'active') return this.page.seeOther(reply, '/dashboard/', { message: 'already_logged_in' });
    const values = takeDraft(request, reply, isSecure(this.settings));
    this.page.show(reply, <RegisterForm values={values} message={this.page.message(request, reply)} settings={this.settings} />);
  }

  @Post()
  async register(
    @Body() body: unknown,
    @MaybeCurrent() current: CurrentSession | null,
    @Client() client: ClientInfo,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (current?.state === 'active') return this.page.seeOther(reply, '/dashboard/', { message: 'already_logged_in' });
    const { password1, password2, ...values } = readForm(registerForm, body);
    try {
      checkForm(
        { ...values, password1, password2 },
        ['username', 'phone_number', 'password1', 'password2'],
        ['password1', 'password2'],
      );
      const input = {
        username: values.username,
        password: password1,
        phoneNumber: values.phone_number,
        countryCode: values.country_code,
        fullName: values.full_name,
      };
      const { opened, challenge } = await this.registrations.register(input, client, current);
      this.page.seeOther(reply, '/verify/', { opened, message: challenge.sentAt ? 'code_sent' : undefined });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const errors = sentencesOf(error, FIELD_NAMES);
      this.page.refuse(reply, <RegisterForm values={values} errors={errors} settings={this.settings} />, error);
    }
  }
}

import { Controller, Get, Patch, Put } from '@nestjs/common';
import type { z } from 'zod';
import { AllowPasswordChange, Client, Current, TokenFrom } from '../auth/http/access.js';
import type { CurrentSession } from '../auth/sessions/current-session.js';
import { PasswordChangeService } from '../auth/password-change.service.js';
import { TwoFactorService } from '../auth/two-factor.service.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { UsersService } from '../users/users.service.js';
import { Documented } from './openapi/documented.js';
import { meSchema, passwordSchema, twoFactorSchema } from './openapi/schemas.js';
import { SessionAnswers } from './session.answer.js';
import { userAnswer } from './user.answer.js';
import { ValidBody } from './valid-body.js';

@Controller('api/v1/me')
@TokenFrom('bearer-or-cookie')
export class MeController {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordChangeService,
    private readonly twoFactor: TwoFactorService,
    private readonly answers: SessionAnswers,
  ) {}

  @Get()
  @Documented({
    id: 'meShow',
    summary: 'The account behind the token.',
    status: 200,
    answer: 'User',
    problems: ['unauthenticated', 'confirmation_required', 'password_change_required'],
  })
  show(@Current() { user }: CurrentSession) {
    return userAnswer(user);
  }

  @Patch()
  @Documented({
    id: 'meEdit',
    summary:
      'Changes what needs no proof: the full name and the language of messages. All that is given, or nothing.',
    status: 200,
    answer: 'User',
    problems: [
      'unauthenticated',
      'confirmation_required',
      'password_change_required',
      'validation_failed',
    ],
  })
  async edit(
    @ValidBody(meSchema) body: z.infer<typeof meSchema>,
    @Current() { user }: CurrentSession,
  ) {
    const profile = await this.users.setProfile(user, {
      fullName: body.full_name,
      locale: body.locale,
    });
    return userAnswer({ ...user, ...profile });
  }

  @Put('password')
  @TokenFrom('bearer')
  @AllowPasswordChange()
  @Documented({
    id: 'meChangePassword',
    summary:
      'Changes the password; also the way out of `password_change_required`. A new token; all other sessions end.',
    status: 200,
    answer: 'OpenedSession',
    problems: [
      'unauthenticated',
      'confirmation_required',
      'validation_failed',
      'too_many_attempts',
    ],
  })
  async changePassword(
    @ValidBody(passwordSchema) body: z.infer<typeof passwordSchema>,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
  ) {
    const change = {
      old: body.current_password,
      new: body.password,
      fields: { old: 'current_password', new: 'password' },
    };
    const opened = await this.passwords.change(current, change, client);
    return this.answers.opened(opened, null);
  }

  @Put('two-factor')
  @Documented({
    id: 'meSetTwoFactor',
    summary:
      'Sets the second factor. `step_up_required`: answer the challenge at `/session/confirmation`, then call again.',
    status: 200,
    answer: 'User',
    problems: [
      'unauthenticated',
      'confirmation_required',
      'password_change_required',
      'step_up_required',
      'validation_failed',
      'provider_unavailable',
    ],
  })
  async setTwoFactor(
    @ValidBody(twoFactorSchema) body: z.infer<typeof twoFactorSchema>,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
  ) {
    return userAnswer(await this.twoFactor.set(current, body.enabled, client));
  }
}

import { Controller, Get, Post } from '@nestjs/common';
import type { z } from 'zod';
import { Client, MaybeCurrent, TokenFrom, Visitor } from '../auth/http/access.js';
import type { CurrentSession } from '../auth/sessions/current-session.js';
import { RegistrationService } from '../auth/registration.service.js';
import { BotChecks } from '../bot-check/bot-checks.service.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { botCheckAnswer } from './bot-check.answer.js';
import { Documented } from './openapi/documented.js';
import { registrationSchema } from './openapi/schemas.js';
import { SessionAnswers } from './session.answer.js';
import { ValidBody } from './valid-body.js';

@Controller('api/v1/registration')
@TokenFrom('bearer')
export class RegistrationController {
  constructor(
    private readonly registrations: RegistrationService,
    private readonly bots: BotChecks,
    private readonly answers: SessionAnswers,
  ) {}

  @Get('bot-check')
  @Visitor()
  @Documented({
    id: 'registrationBotCheck',
    summary:
      'What a registration has to bring as `bot_check`: the answer to a puzzle, or the token of a widget.',
    status: 200,
    answer: 'BotCheck',
    problems: [],
  })
  async botCheck(@Client() client: ClientInfo) {
    return botCheckAnswer(await this.bots.isNeededBy(client), await this.bots.newTask());
  }

  @Post()
  @Visitor()
  @Documented({
    id: 'registrationRegister',
    summary:
      'Registers an account and sends a one-time password to its phone. ' +
      'With the token of an unfinished try, that one is replaced.',
    status: 201,
    answer: 'OpenedSession',
    takesToken: true,
    isRepeatable: true,
    problems: ['username_taken', 'validation_failed', 'bot_check_unavailable'],
  })
  async register(
    @ValidBody(registrationSchema) body: z.infer<typeof registrationSchema>,
    @Client() client: ClientInfo,
    @MaybeCurrent() previous: CurrentSession | null,
  ) {
    const input = {
      username: body.username,
      password: body.password,
      phoneNumber: body.phone_number,
      countryCode: body.country_code,
      country: body.country,
      fullName: body.full_name,
      botCheck: body.bot_check,
    };
    const { opened, pending } = await this.registrations.register(input, client, previous);
    return this.answers.opened(opened, pending);
  }
}

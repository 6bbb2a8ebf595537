import { Controller, HttpCode, Post } from '@nestjs/common';
import type { z } from 'zod';
import { AllowUnconfirmed, Client, Current, TokenFrom } from '../auth/http/access.js';
import { ConfirmationService } from '../auth/confirmation.service.js';
import type { CurrentSession } from '../auth/sessions/current-session.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { Documented } from './openapi/documented.js';
import { confirmationSchema, resendSchema } from './openapi/schemas.js';
import { confirmationAnswer, SessionAnswers } from './session.answer.js';
import { ValidBody } from './valid-body.js';

@Controller('api/v1/session/confirmation')
@TokenFrom('bearer')
@AllowUnconfirmed()
export class ConfirmationController {
  constructor(
    private readonly confirmations: ConfirmationService,
    private readonly answers: SessionAnswers,
  ) {}

  @Post()
  @HttpCode(200)
  @Documented({
    id: 'confirmationConfirm',
    summary: 'Answers the pending challenge. The answer carries a new token; the old one is dead.',
    status: 200,
    answer: 'OpenedSession',
    isRepeatable: true,
    problems: [
      'unauthenticated',
      'password_change_required',
      'no_pending_confirmation',
      'phone_number_taken',
      'validation_failed',
      'wrong_code',
      'too_many_attempts',
      'provider_unavailable',
    ],
  })
  async confirm(
    @ValidBody(confirmationSchema) body: z.infer<typeof confirmationSchema>,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
  ) {
    const { opened } = await this.confirmations.confirm(current, body.code, client);
    return this.answers.opened(opened, null);
  }

  @Post('resend')
  @HttpCode(202)
  @Documented({
    id: 'confirmationResend',
    summary: 'Sends the code again: the same one, or a new one where the old is over or nearly so.',
    status: 202,
    answer: 'ConfirmationAnswer',
    isRepeatable: true,
    problems: [
      'unauthenticated',
      'password_change_required',
      'no_pending_confirmation',
      'phone_number_taken',
      'validation_failed',
      'provider_unavailable',
    ],
  })
  async resend(
    @ValidBody(resendSchema) body: z.infer<typeof resendSchema>,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
  ) {
    return {
      confirmation: confirmationAnswer(
        await this.confirmations.resend(current, body.channel, client),
      ),
    };
  }
}

import { Controller, Put } from '@nestjs/common';
import type { z } from 'zod';
import { AllowUnconfirmed, Client, Current, TokenFrom } from '../auth/http/access.js';
import type { CurrentSession } from '../auth/sessions/current-session.js';
import { TakenNumbersService } from '../auth/taken-numbers.service.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { Documented } from './openapi/documented.js';
import { phoneNumberSchema } from './openapi/schemas.js';
import { SessionAnswers } from './session.answer.js';
import { ValidBody } from './valid-body.js';

@Controller('api/v1/session/phone-number')
@TokenFrom('bearer')
@AllowUnconfirmed()
export class PhoneNumberController {
  constructor(
    private readonly numbers: TakenNumbersService,
    private readonly answers: SessionAnswers,
  ) {}

  @Put()
  @Documented({
    id: 'phoneNumberGive',
    summary:
      'Gives the account another number, and sends it a code. Only after a right code was answered by `phone_number_taken` ' +
      'with a token: the account is kept, its number belongs to somebody else.',
    status: 200,
    answer: 'Session',
    isRepeatable: true,
    problems: [
      'unauthenticated',
      'password_change_required',
      'forbidden',
      'no_pending_confirmation',
      'validation_failed',
    ],
  })
  async give(
    @ValidBody(phoneNumberSchema) body: z.infer<typeof phoneNumberSchema>,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
  ) {
    const typed = {
      phoneNumber: body.phone_number,
      countryCode: body.country_code,
      country: body.country,
    };
    const pending = await this.numbers.giveAnother(current, typed, client);
    return this.answers.of(current, pending);
  }
}

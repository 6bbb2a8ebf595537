import { Body, Controller, Post } from '@nestjs/common';
import type { z } from 'zod';
import { Client, MaybeCurrent, TokenFrom, Visitor } from '../auth/access.js';
import type { CurrentSession } from '../auth/current-session.js';
import { pendingProof } from '../auth/pending-proof.js';
import { RegistrationService } from '../auth/registration.service.js';
import type { ClientInfo } from '../common/client-info.js';
import { Documented } from './documented.js';
import { registrationSchema } from './schemas.js';
import { openedAnswer } from './session.answer.js';

@Controller('api/v1/registration')
@TokenFrom('bearer')
export class RegistrationController {
  constructor(private readonly registrations: RegistrationService) {}

  @Post()
  @Visitor()
  @Documented({
    summary:
      'Registers an account and sends a one-time password to its phone. ' +
      'With the token of an unfinished try, that one is replaced.',
    status: 201,
    answer: 'Session',
    problems: ['malformed_request', 'username_taken', 'validation_failed', 'busy'],
  })
  async register(
    @Body({ schema: registrationSchema }) body: z.infer<typeof registrationSchema>,
    @Client() client: ClientInfo,
    @MaybeCurrent() previous: CurrentSession | null,
  ) {
    const input = {
      username: body.username,
      password: body.password,
      phoneNumber: body.phone_number,
      countryCode: body.country_code,
      fullName: body.full_name,
    };
    const { opened, challenge } = await this.registrations.register(input, client, previous);
    return openedAnswer(opened, pendingProof(challenge, true));
  }
}

import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { BotCheckModule } from '../bot-check/bot-check.module.js';
import { UsersModule } from '../users/users.module.js';
import { ConfirmationController } from './confirmation.controller.js';
import { MeController } from './me.controller.js';
import { PhoneNumberController } from './phone-number.controller.js';
import { RegistrationController } from './registration.controller.js';
import { SessionAnswers } from './session.answer.js';
import { ApiLocalGuard, SessionController } from './session.controller.js';

/** Programs: the JSON API under `/api/v1`. */
@Module({
  imports: [AuthModule, UsersModule, BotCheckModule],
  controllers: [
    RegistrationController,
    SessionController,
    ConfirmationController,
    PhoneNumberController,
    MeController,
  ],
  providers: [ApiLocalGuard, SessionAnswers],
})
export class ApiModule {}

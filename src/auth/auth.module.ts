import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { BotCheckModule } from '../bot-check/bot-check.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { repositoryOf } from '../database/repository-provider.js';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { PhoneVerificationModule } from '../phone-verification/phone-verification.module.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountsService } from './accounts.service.js';
import { ConfirmationService } from './confirmation.service.js';
import { ContinuedRegistrationsService } from './continued-registrations.service.js';
import { CredentialsService } from './credentials.service.js';
import { KnownDevicesService } from './sessions/known-devices.service.js';
import type { Factor } from './factors/factor.js';
import { FactorsService } from './factors/factors.service.js';
import { PhoneFactor } from './factors/phone.factor.js';
import { LoginService } from './login.service.js';
import { LogoutService } from './logout.service.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { PasswordBudgetsService } from './password-budgets.service.js';
import { PasswordChangeService } from './password-change.service.js';
import { PurgeService } from './purge.service.js';
import { RegistrationService } from './registration.service.js';
import { SessionDirectory } from './sessions/session-directory.js';
import { SessionGuard } from './http/session.guard.js';
import { Session } from './sessions/session.entity.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsService } from './sessions/sessions.service.js';
import { StaffGuard } from './http/staff.guard.js';
import { TakenNumbersService } from './taken-numbers.service.js';
import { TwoFactorGuard } from './http/two-factor.guard.js';
import { TwoFactorService } from './two-factor.service.js';

const services = [
  AccountsService,
  ConfirmationService,
  CredentialsService,
  LoginService,
  LogoutService,
  PasswordChangeService,
  PurgeService,
  RegistrationService,
  SessionDirectory,
  SessionsService,
  StaffGuard,
  TakenNumbersService,
  TwoFactorService,
];

/**
 * Log-in: the conductor of users and proofs. Its two global guards deny by default, in this order.
 */
@Module({
  imports: [
    PassportModule,
    DatabaseModule,
    RateLimitModule,
    UsersModule,
    MessagingModule,
    NoticesModule,
    PhoneVerificationModule,
    BotCheckModule,
    IdempotencyModule,
  ],
  providers: [
    ...services,
    PhoneFactor,
    // Whatever can prove who somebody is, in the order in which it is offered.
    {
      provide: FactorsService,
      inject: [PhoneFactor],
      useFactory: (...factors: Factor[]) => new FactorsService(factors),
    },
    KnownDevicesService,
    PasswordBudgetsService,
    ContinuedRegistrationsService,
    repositoryOf(Session, SessionsRepository),
    { provide: APP_GUARD, useClass: SessionGuard },
    { provide: APP_GUARD, useClass: TwoFactorGuard },
  ],
  exports: [...services, FactorsService],
})
export class AuthModule {}

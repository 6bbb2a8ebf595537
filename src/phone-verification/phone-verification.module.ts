import { Module } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { Clock } from '../common/clock.js';
import { KeyRing } from '../config/keys/key-ring.js';
import { Settings } from '../config/settings.js';
import { DatabaseModule } from '../database/database.module.js';
import { repositoryOf } from '../database/repository-provider.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { Senders } from '../messaging/senders.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { CallScriptsController } from './call-scripts.controller.js';
import { CallScripts } from './call-scripts.service.js';
import { Challenge } from './challenge.entity.js';
import { ChallengeDirectory } from './challenge-directory.js';
import { ChallengesRepository } from './challenges.repository.js';
import { ChallengesService } from './challenges.service.js';
import { CodeCheck } from './code-check.service.js';
import { CodeDelivery } from './code-delivery.service.js';
import { CodeDispatch } from './code-dispatch.service.js';
import { PhoneVerificationService } from './phone-verification.service.js';
import { providersOf } from './providers/providers-of.js';
import { TestMessages } from './test-message.service.js';
import { VerificationProviders } from './providers/verification-providers.js';

/** Proof: challenges, and whoever makes, sends and checks their codes. */
@Module({
  imports: [DatabaseModule, RateLimitModule, MessagingModule],
  controllers: [CallScriptsController],
  providers: [
    {
      provide: VerificationProviders,
      inject: [Settings, KeyRing, Clock, Senders, AccountEvents],
      useFactory: providersOf,
    },
    CallScripts,
    ChallengeDirectory,
    repositoryOf(Challenge, ChallengesRepository),
    ChallengesService,
    CodeCheck,
    CodeDelivery,
    CodeDispatch,
    PhoneVerificationService,
    TestMessages,
  ],
  exports: [ChallengeDirectory, ChallengesService, PhoneVerificationService],
})
export class PhoneVerificationModule {}

import { Module } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { Clock } from '../common/clock.js';
import { KeyRing } from '../config/keys/key-ring.js';
import { Settings } from '../config/settings.js';
import { DatabaseModule } from '../database/database.module.js';
import { repositoryOf } from '../database/repository-provider.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { CallScriptsController } from '../messaging/receipts/call-scripts.controller.js';
import { CallScripts } from '../messaging/receipts/call-scripts.service.js';
import { Challenge } from './challenge.entity.js';
import { ChallengeDirectory } from './challenge-directory.js';
import { ChallengesRepository } from './challenges.repository.js';
import { CodeCheck } from './code-check.service.js';
import { CodeDelivery } from './code-delivery.service.js';
import { CodeDispatch } from './code-dispatch.service.js';
import { Conversions } from '../messaging/limits/conversions.js';
import { Corrections } from '../messaging/limits/corrections.js';
import { DeliveryReport } from '../messaging/receipts/delivery-report.js';
import { LimitDecisions } from '../messaging/limits/limit-decisions.js';
import { MessageDirectory } from '../messaging/message-directory.js';
import { NoticeClaims } from '../notices/notice-claims.js';
import { NoticeDelivery } from '../notices/notice-delivery.service.js';
import { MovedChallenges } from './moved-challenges.service.js';
import { PhoneVerificationService } from './phone-verification.service.js';
import { providersOf } from './providers/providers-of.js';
import { SendClaims } from '../messaging/limits/send-claims.js';
import { SentMessage } from '../messaging/sent-message.entity.js';
import { SentMessagesRepository } from '../messaging/sent-messages.repository.js';
import { DeliveryReceiptsController } from '../messaging/receipts/delivery-receipts.controller.js';
import { DeliveryReceipts } from '../messaging/receipts/delivery-receipts.service.js';
import { InboxSender } from '../messaging/vendors/inbox/inbox.sender.js';
import { TestMessages } from '../messaging/test-message.service.js';
import { VerificationProviders } from './providers/verification-providers.js';

/** Proof: challenges, and whoever makes, sends and checks their codes. */
@Module({
  imports: [DatabaseModule, RateLimitModule],
  controllers: [CallScriptsController, DeliveryReceiptsController],
  providers: [
    { provide: InboxSender, inject: [Clock], useFactory: (clock: Clock) => new InboxSender(clock) },
    {
      provide: VerificationProviders,
      inject: [Settings, KeyRing, Clock, InboxSender, AccountEvents],
      useFactory: providersOf,
    },
    CallScripts,
    ChallengeDirectory,
    repositoryOf(Challenge, ChallengesRepository),
    CodeCheck,
    CodeDelivery,
    CodeDispatch,
    Conversions,
    Corrections,
    DeliveryReceipts,
    DeliveryReport,
    LimitDecisions,
    MessageDirectory,
    NoticeClaims,
    NoticeDelivery,
    PhoneVerificationService,
    MovedChallenges,
    SendClaims,
    repositoryOf(SentMessage, SentMessagesRepository),
    TestMessages,
  ],
  exports: [
    ChallengeDirectory,
    Conversions,
    Corrections,
    DeliveryReport,
    InboxSender,
    LimitDecisions,
    MessageDirectory,
    NoticeDelivery,
    PhoneVerificationService,
    MovedChallenges,
  ],
})
export class PhoneVerificationModule {}

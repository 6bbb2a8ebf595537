import { Module } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { repositoryOf } from '../database/repository-provider.js';
import { DatabaseModule } from '../database/database.module.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { Conversions } from './limits/conversions.js';
import { Corrections } from './limits/corrections.js';
import { LimitDecisions } from './limits/limit-decisions.js';
import { SendClaims } from './limits/send-claims.js';
import { MessageDirectory } from './message-directory.js';
import { DeliveryReceiptsController } from './receipts/delivery-receipts.controller.js';
import { DeliveryReceipts } from './receipts/delivery-receipts.service.js';
import { DeliveryReport } from './receipts/delivery-report.js';
import { Senders, sendersOf } from './senders.js';
import { SentMessage } from './sent-message.entity.js';
import { SentMessagesRepository } from './sent-messages.repository.js';
import { InboxSender } from './vendors/inbox/inbox.sender.js';

const services = [
  Conversions,
  Corrections,
  DeliveryReport,
  InboxSender,
  LimitDecisions,
  MessageDirectory,
  SendClaims,
  Senders,
  SentMessagesRepository,
];

/** How words reach a phone: who carries them, what may be sent, and what became of it. */
@Module({
  imports: [DatabaseModule, RateLimitModule],
  controllers: [DeliveryReceiptsController],
  providers: [
    {
      provide: Senders,
      inject: [Settings, Clock, AccountEvents],
      useFactory: sendersOf,
    },
    {
      provide: InboxSender,
      inject: [Senders, Clock],
      useFactory: (senders: Senders, clock: Clock) => inboxOf(senders) ?? new InboxSender(clock),
    },
    Conversions,
    Corrections,
    DeliveryReceipts,
    DeliveryReport,
    LimitDecisions,
    MessageDirectory,
    SendClaims,
    repositoryOf(SentMessage, SentMessagesRepository),
  ],
  exports: services,
})
export class MessagingModule {}

const inboxOf = (senders: Senders): InboxSender | undefined =>
  senders.all().find((sender) => sender instanceof InboxSender);

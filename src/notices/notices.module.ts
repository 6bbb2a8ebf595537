import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { UsersModule } from '../users/users.module.js';
import { NoticeClaims } from './notice-claims.js';
import { NoticeDelivery } from './notice-delivery.service.js';
import { NoticesService } from './notices.service.js';

/** What phones are told of their accounts. */
@Module({
  imports: [DatabaseModule, MessagingModule, RateLimitModule, UsersModule],
  providers: [NoticeClaims, NoticeDelivery, NoticesService],
  exports: [NoticesService],
})
export class NoticesModule {}

import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { PhoneVerificationModule } from '../phone-verification/phone-verification.module.js';
import { UsersModule } from '../users/users.module.js';
import { StaffAccessService } from './staff-access.service.js';
import { StaffAccountsService } from './staff-accounts.service.js';
import { StaffEvents } from './staff-events.js';
import { StaffGroupsService } from './staff-groups.service.js';
import { StaffLimitsService } from './staff-limits.service.js';
import { StaffNumbersService } from './staff-numbers.service.js';
import { StaffSupportService } from './staff-support.service.js';

const services = [
  StaffAccessService,
  StaffAccountsService,
  StaffGroupsService,
  StaffLimitsService,
  StaffNumbersService,
  StaffSupportService,
];

/**
 * What staff may do to accounts, and may not. It stands above log-in, which knows nothing of it.
 */
@Module({
  imports: [
    DatabaseModule,
    UsersModule,
    MessagingModule,
    PhoneVerificationModule,
    NoticesModule,
    AuthModule,
  ],
  providers: [...services, StaffEvents],
  exports: services,
})
export class StaffModule {}

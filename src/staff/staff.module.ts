import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { PhoneVerificationModule } from '../phone-verification/phone-verification.module.js';
import { UsersModule } from '../users/users.module.js';
import { StaffAccess } from './staff-access.service.js';
import { StaffAccounts } from './staff-accounts.service.js';
import { StaffEvents } from './staff-events.js';
import { StaffGroups } from './staff-groups.service.js';
import { StaffLimits } from './staff-limits.service.js';
import { StaffNumbers } from './staff-numbers.service.js';
import { StaffSupport } from './staff-support.service.js';

const services = [StaffAccess, StaffAccounts, StaffGroups, StaffLimits, StaffNumbers, StaffSupport];

/** What staff may do to accounts, and may not. It stands above log-in, which knows nothing of it. */
@Module({
  imports: [DatabaseModule, UsersModule, PhoneVerificationModule, AuthModule],
  providers: [...services, StaffEvents],
  exports: services,
})
export class StaffModule {}

import { Module } from '@nestjs/common';
import { PhoneVerificationModule } from '../phone-verification/phone-verification.module.js';
import { InboxController } from './inbox.controller.js';

/**
 * The inbox page. Imported only where `Settings.hasInbox` says that messages stay here; never in
 * production.
 */
@Module({
  imports: [PhoneVerificationModule],
  controllers: [InboxController],
})
export class DevModule {}

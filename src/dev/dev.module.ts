import { Module } from '@nestjs/common';
import { MessagingModule } from '../messaging/messaging.module.js';
import { InboxController } from './inbox.controller.js';

/**
 * The inbox page. Imported only where `Settings.hasInbox` says that messages stay here; never in
 * production.
 */
@Module({
  imports: [MessagingModule],
  controllers: [InboxController],
})
export class DevModule {}

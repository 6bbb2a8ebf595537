import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { AuditLog } from './audit-log.js';
import { AuditReader } from './audit-reader.js';
import { AuditRetention } from './audit-retention.service.js';

/** Listens to the account events, keeps them, and shows them to staff. */
@Module({
  imports: [DatabaseModule],
  providers: [AuditLog, AuditReader, AuditRetention],
  exports: [AuditLog, AuditReader, AuditRetention],
})
export class AuditModule {}

import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { ConfigModule } from '../config/config.module.js';
import type { Settings } from '../config/settings.js';
import type { EntityClass } from '../database/data-source-options.js';
import { DatabaseModule, openDatabase } from '../database/database.module.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { PhoneVerificationModule } from '../phone-verification/phone-verification.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { UsersModule } from '../users/users.module.js';

/** The same services as behind the pages, without HTTP and without the clock-driven jobs. */
@Module({})
export class CliModule {
  static with(settings: Settings, entities: EntityClass[]): DynamicModule {
    return {
      module: CliModule,
      imports: [
        ConfigModule.with(settings),
        openDatabase(entities, { isServer: false }),
        DatabaseModule,
        UsersModule,
        MessagingModule,
        PhoneVerificationModule,
        AuthModule,
        StaffModule,
        AuditModule,
      ],
    };
  }
}

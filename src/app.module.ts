import { Module, type DynamicModule } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { ApiModule } from './api/api.module.js';
import { entities } from './entities.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { LocalStrategy } from './auth/http/local.strategy.js';
import { ConfigModule } from './config/config.module.js';
import { Settings } from './config/settings.js';
import { openDatabase } from './database/database.module.js';
import { DevModule } from './dev/dev.module.js';
import { HealthModule } from './health/health.module.js';
import { IdempotencyModule } from './idempotency/idempotency.module.js';
import { PagesModule } from './pages/pages.module.js';

/** All faces over one set of services. */
@Module({})
export class AppModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(settings),
        openDatabase(entities, { isServer: true }),
        AuditModule,
        HealthModule,
        IdempotencyModule,
        AuthModule,
        PagesModule,
        ApiModule,
        ...(settings.admin ? [AdminModule] : []),
        ...(Settings.hasInbox(settings) ? [DevModule] : []),
      ],
      // Passport keeps one for the process: a command's services must not put theirs in the place
      // of the server's.
      providers: [LocalStrategy],
    };
  }
}

import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { HealthController } from './health.controller.js';
import { AccountMetrics } from './metrics.accounts.js';
import { LogMetrics } from './metrics.log.js';
import { MetricsController } from './metrics.controller.js';
import { ProcessMetrics } from './metrics.process.js';
import { RequestMetrics } from './metrics.requests.js';
import { Readiness } from './readiness.js';
import { Troubles } from './troubles.js';
import { WriteProbe } from './write-probe.js';

/** Live, ready, and in numbers. */
@Module({
  imports: [DatabaseModule],
  controllers: [HealthController, MetricsController],
  providers: [
    AccountMetrics,
    RequestMetrics,
    LogMetrics,
    ProcessMetrics,
    Readiness,
    Troubles,
    WriteProbe,
  ],
})
export class HealthModule {}

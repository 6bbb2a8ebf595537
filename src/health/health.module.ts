import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { HealthController } from './health.controller.js';
import { AccountMetrics } from './metrics.accounts.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
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
    Metrics,
    AccountMetrics,
    RequestMetrics,
    ProcessMetrics,
    Readiness,
    Troubles,
    WriteProbe,
  ],
})
export class HealthModule {}

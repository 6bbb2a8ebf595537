import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { HealthController } from './health.controller.js';
import { AccountMetrics } from './metrics.accounts.js';
import { LogMetrics } from './metrics.log.js';
import { MetricsController } from './metrics.controller.js';
import { ProcessMetrics } from './metrics.process.js';
import { RequestMetrics } from './metrics.requests.js';
import { Readiness } from './readiness.js';

/** Live, ready, and in numbers. */
@Module({
  imports: [DatabaseModule],
  controllers: [HealthController, MetricsController],
  providers: [AccountMetrics, RequestMetrics, LogMetrics, ProcessMetrics, Readiness],
})
export class HealthModule {}

import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { Budgets } from './budgets.js';
import { RequestLimits } from './request-limits.service.js';

@Module({
  imports: [DatabaseModule],
  providers: [Budgets, RequestLimits],
  exports: [Budgets, RequestLimits],
})
export class RateLimitModule {}

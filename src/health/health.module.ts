import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseModule } from '../database/database.module.js';
import { HealthController } from './health.controller.js';

/** Live and ready. Without Terminus' log: it would repeat a whole report at every poll. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false }), DatabaseModule],
  controllers: [HealthController],
})
export class HealthModule {}

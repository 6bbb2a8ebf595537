import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { repositoryOf } from '../database/repository-provider.js';
import { IdempotentCall } from './idempotent-call.entity.js';
import { IdempotentCallsRepository } from './idempotent-calls.repository.js';
import { IdempotentCalls } from './idempotent-calls.service.js';

/** The same call once more, the same answer, nothing done twice. */
@Module({
  imports: [DatabaseModule],
  providers: [repositoryOf(IdempotentCall, IdempotentCallsRepository), IdempotentCalls],
  exports: [IdempotentCalls],
})
export class IdempotencyModule {}

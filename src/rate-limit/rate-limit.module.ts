import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { Budgets } from './budgets.js';

@Module({ imports: [DatabaseModule], providers: [Budgets], exports: [Budgets] })
export class RateLimitModule {}

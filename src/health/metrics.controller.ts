import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { Public } from '../common/public.js';
import { AccountMetrics } from './metrics.accounts.js';
import { exposition } from './metrics.family.js';
import { LogMetrics } from './metrics.log.js';
import { MetricsGuard } from './metrics.guard.js';
import { ProcessMetrics } from './metrics.process.js';
import { RequestMetrics } from './metrics.requests.js';
import { Readiness } from './readiness.js';
import { Troubles } from './troubles.js';

/** For Prometheus, and what reads its format: docs/metrics.md says what each name tells. */
@Public()
@UseGuards(MetricsGuard)
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly accounts: AccountMetrics,
    private readonly requests: RequestMetrics,
    private readonly log: LogMetrics,
    private readonly readiness: Readiness,
    private readonly troubles: Troubles,
    private readonly process: ProcessMetrics,
  ) {}

  /** Text exposition format 0.0.4. */
  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('cache-control', 'no-store')
  async text(): Promise<string> {
    await this.readiness.isReady();
    const all = [this.accounts, this.requests, this.log, this.readiness, this.troubles];
    const families = all.flatMap((metrics) => metrics.families());
    return exposition(families) + (await this.process.text());
  }
}

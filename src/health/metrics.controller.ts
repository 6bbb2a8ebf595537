import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { Public } from '../common/public.js';
import { MetricsGuard } from './metrics.guard.js';
import { Metrics } from './metrics.js';
import { ProcessMetrics } from './metrics.process.js';
import { Readiness } from './readiness.js';

/** For Prometheus, and what reads its format: docs/metrics.md says what each name tells. */
@Public()
@UseGuards(MetricsGuard)
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly process: ProcessMetrics,
    private readonly readiness: Readiness,
  ) {}

  /** Text exposition format 0.0.4. */
  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('cache-control', 'no-store')
  async text(): Promise<string> {
    await this.readiness.isReady();
    return `${await this.metrics.metrics()}\n${await this.process.text()}`;
  }
}

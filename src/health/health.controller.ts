import { Controller, Get, Header, Res } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/access.js';
import { seconds } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';

interface Health {
  status: 'up' | 'down';
}

/** For whoever restarts processes (`live`) and spreads requests (`ready`). Open to everybody, so it says nothing but up or down. */
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly unit: UnitOfWork,
  ) {}

  /** The process answers. */
  @Get('live')
  @Header('cache-control', 'no-store')
  live(): Health {
    return { status: 'up' };
  }

  /** The database answers within a second and has been migrated, and no shutdown has begun; else 503. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    try {
      await this.checks.check([() => this.indicators.check('database').attempt(() => this.askDatabase()).withTimeout(seconds(1))]);
      return { status: 'up' };
    } catch {
      void reply.status(503);
      return { status: 'down' };
    }
  }

  private async askDatabase(): Promise<void> {
    await this.unit.read((manager) => manager.query('SELECT 1 FROM migrations LIMIT 1'));
  }
}

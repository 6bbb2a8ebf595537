import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import { Public } from '../common/public.js';
import { seconds } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Readiness } from './readiness.js';

interface Health {
  status: 'up' | 'down';
}

/**
 * For whoever restarts processes (`live`) and spreads requests (`ready`). Open to everybody, so it says nothing but up or down.
 */
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readiness: Readiness,
  ) {}

  /** The process answers. */
  @Get('live')
  @Header('cache-control', 'no-store')
  live(): Health {
    return { status: 'up' };
  }

  /** The process is not about to end, and the database answers within a second and has been migrated; else 503. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    if (!this.readiness.isLeaving && (await this.isReady())) return { status: 'up' };
    void reply.status(503);
    return { status: 'down' };
  }

  private async isReady(): Promise<boolean> {
    const answered = new AbortController();
    const late = pause(seconds(1), false, { signal: answered.signal }).catch(() => false);
    try {
      return await Promise.race([this.askDatabase(), late]);
    } catch {
      return false;
    } finally {
      answered.abort();
    }
  }

  private async askDatabase(): Promise<boolean> {
    await this.unit.read((manager) => manager.query('SELECT 1 FROM migrations LIMIT 1'));
    return true;
  }
}

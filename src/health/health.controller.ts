import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../common/public.js';
import { Readiness } from './readiness.js';

interface Health {
  status: 'up' | 'down';
}

/**
 * For whoever restarts processes (`live`) and spreads requests (`ready`). Open to everybody, so it
 * says nothing but up or down.
 */
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** The process answers. */
  @Get('live')
  @Header('cache-control', 'no-store')
  live(): Health {
    return { status: 'up' };
  }

  /**
   * The database answers within a second, has been migrated and takes writes, and the process is
   * not about to end; else 503.
   */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    if (await this.readiness.isReady()) return { status: 'up' };
    void reply.status(503);
    return { status: 'down' };
  }
}

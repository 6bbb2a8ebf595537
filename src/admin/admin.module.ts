import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { AuthModule } from '../auth/auth.module.js';
import { Settings } from '../config/settings.js';
import { StaffModule } from '../staff/staff.module.js';
import { PanelGate } from './panel.gate.js';
import { PanelLoader } from './panel.loader.js';
import { panelRoutes } from './panel.routes.js';

/**
 * The staff panel at `/admin`. Its routes are there from the start; AdminJS itself is loaded by the
 * first staff member who enters.
 */
@Module({
  imports: [AuthModule, StaffModule],
  providers: [PanelLoader, PanelGate],
})
export class AdminModule implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly settings: Settings,
    private readonly gate: PanelGate,
    private readonly loader: PanelLoader,
  ) {}

  onModuleInit(): void {
    if (!this.settings.admin) return;
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    void server.register(panelRoutes(this.gate, this.loader, this.settings.publicUrl));
  }
}

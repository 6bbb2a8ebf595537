import { Injectable } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';
import type { Panel } from './panel.js';

/**
 * Loads AdminJS once, when somebody needs it: neither the start nor a server without staff pays its
 * time and memory.
 */
@Injectable()
export class PanelLoader {
  private loading: Promise<Panel> | null = null;

  constructor(private readonly modules: LazyModuleLoader) {}

  panel(): Promise<Panel> {
    this.loading ??= this.load();
    return this.loading;
  }

  private async load(): Promise<Panel> {
    try {
      const { loadPanel } = await import('./panel.js');
      return await loadPanel(this.modules);
    } catch (error) {
      this.loading = null;
      throw error;
    }
  }
}

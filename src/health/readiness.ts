import { Injectable, Logger } from '@nestjs/common';
import type { Gauge } from 'prom-client';
import { seconds } from '../common/clock.js';
import { inTime } from '../common/net/in-time.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Metrics } from './metrics.js';
import { WriteProbe, writeTroubleOf, type WriteTrouble } from './write-probe.js';

/** Milliseconds in which the database has to answer. */
const LONGEST_WAIT = seconds(1);
const LEAVING: WriteTrouble = { cause: 'leaving', code: 'none' };
const SILENT: WriteTrouble = { cause: 'database_timed_out', code: 'none' };

/**
 * Whether this process should be sent requests, and if not, why: for the log and for numbers, not
 * for strangers.
 */
@Injectable()
export class Readiness {
  isLeaving = false;
  private readonly log = new Logger('readiness');
  private readonly measured: Gauge;
  private cause: string | null = null;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly writes: WriteProbe,
    metrics: Metrics,
  ) {
    const help = 'Why this process should get no requests.';
    this.measured = metrics.gauge('ringback_not_ready', help, ['cause']);
  }

  /** Not ready any more, for good: the process is about to end. */
  leave(): void {
    this.isLeaving = true;
  }

  /**
   * The database answers within a second, has been migrated and takes writes, and the process is
   * not about to end.
   */
  async isReady(): Promise<boolean> {
    const trouble = this.isLeaving
      ? LEAVING
      : ((await this.readTrouble()) ?? (await this.writes.trouble()));
    const cause = trouble?.cause ?? null;
    if (trouble && cause !== this.cause) this.log.warn({ msg: 'Not ready.', ...trouble });
    if (!trouble && this.cause !== null) this.log.log('Ready again.');
    this.cause = cause;
    this.measured.reset();
    this.measured.set({ cause: cause ?? 'none' }, cause === null ? 0 : 1);
    return trouble === null;
  }

  private async asked(): Promise<void> {
    await this.unit.assertInPlace();
    await this.unit.read((manager) => manager.query('SELECT 1 FROM migrations LIMIT 1'));
  }

  private async readTrouble(): Promise<WriteTrouble | null> {
    const asked = this.asked().then(() => true);
    try {
      return (await inTime(asked, LONGEST_WAIT)) === null ? SILENT : null;
    } catch (error) {
      return writeTroubleOf(error);
    }
  }
}

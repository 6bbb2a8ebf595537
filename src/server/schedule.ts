import { Logger, type INestApplicationContext } from '@nestjs/common';
import { AuditRetention } from '../audit/audit-retention.service.js';
import { PurgeService } from '../auth/purge.service.js';
import { hours, minutes, seconds } from '../common/clock.js';
import { describeError } from '../common/errors/error-description.js';
import { UnitOfWork } from '../database/unit-of-work.js';

/**
 * What the server does by itself, every so often. The timers keep no process alive, and a round
 * that still runs is not started twice.
 */
export function startSchedule(app: INestApplicationContext): void {
  const purge = app.get(PurgeService, { strict: false });
  const retention = app.get(AuditRetention, { strict: false });
  const unit = app.get(UnitOfWork, { strict: false });
  every(seconds(30), 'look after the database file', () => unit.lookAfterFile());
  every(minutes(5), 'purge', () => purge.purge());
  every(hours(1), 'forget addresses', () => retention.forgetAddresses());
}

export function every(interval: number, name: string, job: () => Promise<unknown>): NodeJS.Timeout {
  const log = new Logger('schedule');
  let isRunning = false;
  const round = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    try {
      await job();
    } catch (error) {
      log.warn({ job: name, ...describeError(error) });
    } finally {
      isRunning = false;
    }
  };
  return setInterval(() => void round(), interval).unref();
}

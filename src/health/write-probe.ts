import { Injectable } from '@nestjs/common';
import { after, Clock, seconds } from '../common/clock.js';
import { inTime } from '../common/net/in-time.js';
import { newToken } from '../common/token.js';
import { troubleOf } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';

/**
 * Milliseconds for which a write that succeeded stands for those to come: whoever asks often costs
 * no more writes.
 */
const KEPT = seconds(5);
/** Milliseconds that whoever asks waits; after them the last result stands. */
const LONGEST_WAIT = seconds(1);

/** What is wrong with the database, e.g. `database_full`, and the driver's own code. */
export interface WriteTrouble {
  cause: string;
  code: string;
}

/**
 * Whether the database takes writes: by one small row of this process, through the door of all
 * writes, one at a time.
 */
@Injectable()
export class WriteProbe {
  private readonly key = `health:${newToken()}`;
  private count = 0;
  private wroteAt = new Date(0);
  private last: WriteTrouble | null = null;
  private going: Promise<void> | null = null;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Why every write would fail now; null when they succeed. */
  async trouble(): Promise<WriteTrouble | null> {
    if (this.last === null && this.clock.now() < after(this.wroteAt, KEPT)) return null;
    this.going ??= this.write().finally(() => (this.going = null));
    await inTime(this.going, LONGEST_WAIT);
    return this.last;
  }

  private async write(): Promise<void> {
    this.count = (this.count + 1) % 1000;
    try {
      await this.unit.write((manager) => manager.query(REPLACE, [this.key, this.count]));
      this.wroteAt = this.clock.now();
      this.last = null;
    } catch (error) {
      this.last = writeTroubleOf(error);
    }
  }
}

/**
 * A budget of nobody, expired long ago: `purge` deletes those of processes that ended. Its count
 * changes, lest nothing be written.
 */
const REPLACE =
  "REPLACE INTO budgets (`key`, count, blocked_until, expires_at) VALUES (?, ?, NULL, '2000-01-01 00:00:00.000')";

/** The same of whatever an ask of the database threw. */
export function writeTroubleOf(error: unknown): WriteTrouble {
  const trouble = troubleOf(error);
  return { cause: `database_${trouble?.kind ?? 'unusable'}`, code: trouble?.code ?? 'unknown' };
}

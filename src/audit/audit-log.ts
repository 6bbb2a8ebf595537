import { setTimeout as pause } from 'node:timers/promises';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { AccountEvents, type AccountEvent } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import { Clock, seconds } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AuditEvent } from './audit-event.entity.js';

type Row = Omit<AuditEvent, 'id'>;

/** Rows of one insert. */
const BATCH = 500;
/**
 * Milliseconds in which events are gathered for one insert; a killed process loses at most those.
 */
const GATHER = 50;
const ATTEMPTS = 4;
const PAUSE = seconds(2);
/** Events kept in memory while the database is away; the newest beyond that are dropped. */
const MOST_WAITING = 10_000;

/**
 * Keeps every account event as a row, in the order they were emitted. Nobody waits for it: what
 * arrives while an insert runs goes into the next one, and an insert that fails is tried again a
 * few times, then given up with one line in the log.
 */
@Injectable()
export class AuditLog implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly log = new Logger(AuditLog.name);
  private readonly waiting: Row[] = [];
  private writing: Promise<void> | null = null;
  private hurry = new AbortController();

  constructor(
    events: AccountEvents,
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
  ) {
    events.listen((event) => this.note(event));
  }

  /**
   * Resolves when everything noted so far is written or given up; does not pause between attempts.
   */
  async flush(): Promise<void> {
    this.hurry.abort();
    while (this.writing) await this.writing;
    this.hurry = new AbortController();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.flush();
  }

  /** Once more: requests that were being answered have ended only now. */
  onApplicationShutdown(): Promise<void> {
    return this.flush();
  }

  private note(event: AccountEvent): void {
    if (this.waiting.length >= MOST_WAITING) {
      this.log.error(`An audit event was lost: ${event.name}. Too many wait for the database.`);
      return;
    }
    this.waiting.push(rowOf(event, this.clock.now()));
    this.writing ??= this.writeAll();
  }

  private async writeAll(): Promise<void> {
    // One request emits several events, each of them a write of its own otherwise.
    await this.pause(GATHER);
    while (this.waiting.length > 0) await this.write(this.waiting.splice(0, BATCH));
    this.writing = null;
  }

  private async write(rows: Row[]): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        await this.unit.write((manager) =>
          manager
            .createQueryBuilder()
            .insert()
            .into(AuditEvent)
            .values(rows)
            .updateEntity(false)
            .execute(),
        );
        return;
      } catch (error) {
        if (attempt === ATTEMPTS) this.giveUp(rows, error);
        else await this.pause(PAUSE);
      }
    }
  }

  // Cut short by whoever is in a hurry.
  private async pause(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.hurry.signal, ref: false }).catch(
      () => undefined,
    );
  }

  // In a hurry what waits behind goes as well: a shutdown must not knock at a dead database for
  // every batch.
  private giveUp(rows: Row[], error: unknown): void {
    const lost = rows.length + (this.hurry.signal.aborted ? this.waiting.splice(0).length : 0);
    this.log.error(
      `${lost} audit events were lost, the first of ${rows[0]?.at.toISOString()}: ${kindOf(error)}`,
    );
  }
}

const rowOf = ({ name, userId, actorId, client, details }: AccountEvent, at: Date): Row => ({
  at,
  name,
  userId,
  actorId: actorId ?? null,
  address: client.address === '' ? null : client.address.slice(0, 45),
  agent: client.agent.slice(0, 200),
  details: { ...details },
});

/** A word for the log; the message of a database error may hold what was to be stored. */
const kindOf = (error: unknown): string =>
  error instanceof AppError ? error.code : error instanceof Error ? error.name : 'unknown error';

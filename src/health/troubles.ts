import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Counter } from 'prom-client';
import type { AppError } from '../common/errors/app-error.js';
import { minutes } from '../common/clock.js';
import { providerFailures, type ProviderFailure } from '../common/provider-failures.js';
import { troubleOf } from '../database/database-errors.js';
import { Metrics } from './metrics.js';

/** Milliseconds between two lines about one cause. */
const TOLD_EVERY = minutes(1);
/** Causes that have a line of their own; a cause is a word of ours with a code of a driver. */
const MOST_CAUSES = 200;

/**
 * Why requests are answered 503: one line a minute for each cause, with how many requests it hit,
 * and their number.
 */
@Injectable()
export class Troubles implements OnApplicationShutdown {
  private readonly log = new Logger('trouble');
  private readonly answered: Counter;
  private readonly failed: Counter;
  /** Requests of each cause since its last line, by what the next line says. */
  private readonly untold = new Map<string, { fields: object; requests: number }>();
  private readonly stopListening = providerFailures.listen((failure) => this.noteFailure(failure));

  constructor(metrics: Metrics) {
    this.answered = metrics.counter('ringback_unavailable_total', 'Requests answered 503.', [
      'cause',
      'code',
    ]);
    this.failed = metrics.counter(
      'ringback_provider_failures_total',
      'Requests to providers that failed.',
      ['host', 'code'],
    );
  }

  /** A request that is answered 503. */
  note(error: AppError): void {
    const { cause, code } = causeOf(error);
    this.answered.inc({ cause, code });
    this.tell({ msg: 'Requests are answered 503.', cause, code });
  }

  onApplicationShutdown(): void {
    this.stopListening();
  }

  private noteFailure({ host, code }: ProviderFailure): void {
    this.failed.inc({ host, code });
    this.tell({ msg: 'A provider does not serve us.', host, code });
  }

  private tell(fields: object): void {
    const key = JSON.stringify(fields);
    const known = this.untold.get(key);
    if (known) return void (known.requests += 1);
    if (this.untold.size >= MOST_CAUSES) return;
    this.untold.set(key, { fields, requests: 1 });
    this.tellNow(key);
  }

  /**
   * The first at once; those of each minute after it together; after a minute without one the cause
   * is forgotten.
   */
  private tellNow(key: string): void {
    const cause = this.untold.get(key);
    if (!cause?.requests) return void this.untold.delete(key);
    this.log.warn({ ...cause.fields, requests: cause.requests });
    cause.requests = 0;
    setTimeout(() => this.tellNow(key), TOLD_EVERY).unref();
  }
}

/** The database's kind of trouble and its own code; else who could not serve. */
function causeOf(error: AppError): { cause: string; code: string } {
  const trouble = troubleOf(error);
  if (trouble) return { cause: `database_${trouble.kind}`, code: trouble.code };
  return { cause: error.code === 'busy' ? 'password_queue' : 'provider', code: error.code };
}

import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { createRequire } from 'node:module';
import type { RateLimiterRedis } from 'rate-limiter-flexible';
import { after, seconds, type Clock } from '../common/clock.js';
import { inTime } from '../common/net/in-time.js';
import { WINDOW, type RequestCounter, type RequestTally } from './request-counter.js';

const require = createRequire(import.meta.url);

/** Milliseconds a request waits for Redis; a near one answers in less than one. */
const LONGEST_WAIT_MS = 250;
/** Milliseconds without a byte after which the connection is made anew. */
const SILENCE = 500;
/** Between attempts to connect, at most. */
const LONGEST_PAUSE = seconds(1);
/** A Redis that comes and goes is told no more often than that. */
const TOLD_EVERY = seconds(60);

const READONLY = 'READONLY';
const REASONS: Readonly<Record<string, string>> = {
  READONLY: 'It is a replica: another one was made the primary.',
  ECONNREFUSED: 'Nobody listens there.',
  ECONNRESET: 'The connection broke.',
  ETIMEDOUT: 'It did not answer in time.',
  ENOTFOUND: 'Its host has no address.',
  EAI_AGAIN: 'Its host cannot be looked up.',
  EHOSTUNREACH: 'Its host cannot be reached.',
  NOAUTH: 'It wants a password.',
  WRONGPASS: 'It does not accept the user or the password.',
  NOPERM: 'The user may not do this.',
  OOM: 'Its memory is full.',
  MISCONF: 'It cannot save to its disk, and takes no writes.',
  LOADING: 'It is loading its data.',
  NOREPLICAS: 'Too few replicas follow it.',
  MASTERDOWN: 'It is a replica without its primary.',
};

/**
 * Counts in Redis, together with all other instances there. While Redis is gone, silent or refuses,
 * it counts `instead`, each instance for itself: no request fails or hangs for it, and it goes on
 * by itself.
 */
export class RedisCounter implements RequestCounter {
  private readonly log = new Logger('requests');
  private readonly limiter: RateLimiterRedis;
  private isAway = false;
  private told = new Date(0);

  /**
   * Resolves when Redis answered, or after a second: a server that starts does not wait for it any
   * longer.
   */
  static async open(url: string, instead: RequestCounter, clock: Clock): Promise<RedisCounter> {
    const { Redis: Client } = await import('ioredis');
    const client = new Client(url, {
      lazyConnect: true,
      connectTimeout: seconds(1),
      commandTimeout: LONGEST_WAIT_MS,
      socketTimeout: SILENCE,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      disconnectTimeout: LONGEST_WAIT_MS,
      connectionName: 'ringback',
      retryStrategy: (times) => Math.min(times * 100, LONGEST_PAUSE),
      // It was demoted: another one may answer at the same address now.
      reconnectOnError: isReplica,
    });
    const counter = new RedisCounter(client, instead, clock);
    await inTime(
      client.connect().catch(() => undefined),
      seconds(1),
    );
    return counter;
  }

  private constructor(
    private readonly client: Redis,
    private readonly instead: RequestCounter,
    private readonly clock: Clock,
  ) {
    const Limiter =
      require('rate-limiter-flexible/lib/RateLimiterRedis.js') as typeof RateLimiterRedis;
    this.limiter = new Limiter({
      storeClient: client,
      points: 1,
      duration: WINDOW / 1000,
      keyPrefix: 'ringback:requests',
    });
    client.on('error', (error) => this.away(error)).on('close', () => this.away('closed'));
  }

  async add(subject: string): Promise<RequestTally> {
    if (this.client.status !== 'ready') return this.instead.add(subject);
    try {
      const { consumedPoints, msBeforeNext } = await this.limiter.penalty(subject);
      if (this.isAway) this.back();
      return { count: consumedPoints, endsIn: msBeforeNext };
    } catch (error) {
      this.away(error);
      return this.instead.add(subject);
    }
  }

  close(): void {
    this.client
      .removeAllListeners('close')
      .removeAllListeners('error')
      .on('error', () => undefined);
    this.client.disconnect();
    this.instead.close();
  }

  private away(error: unknown): void {
    if (this.isAway || this.clock.now() < after(this.told, TOLD_EVERY)) return;
    this.isAway = true;
    this.told = this.clock.now();
    this.log.warn({
      msg: 'Redis does not serve: requests are counted by each instance for itself.',
      ...reasonOf(error),
    });
  }

  private back(): void {
    if (this.isAway) this.log.log('Redis serves: requests are counted by all instances together.');
    this.isAway = false;
  }
}

const isReplica = (error: Error): boolean => error.message.includes(READONLY);

/**
 * The first word of an error in Redis' answers, or Node's code, and what it means. Its own words
 * are not told.
 */
function reasonOf(error: unknown): { code: string; why: string } {
  if (!(error instanceof Error)) return { code: String(error), why: 'It closed the connection.' };
  const { code = /^[A-Z]{3,}/.exec(error.message)?.[0] ?? '' } = error as NodeJS.ErrnoException;
  if (isReplica(error)) return { code: READONLY, why: REASONS[READONLY] ?? '' };
  if (error.message === 'Command timed out')
    return { code: 'timeout', why: 'It did not answer in time.' };
  return { code: code || error.name, why: REASONS[code] ?? 'It failed.' };
}

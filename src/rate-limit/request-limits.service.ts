import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/app-error.js';
import { LOCAL_CLIENT, networkOf } from '../common/client-info.js';
import { after, Clock, secondsUntil } from '../common/clock.js';
import type { RequestLimitName } from '../config/request-limits.js';
import { Settings } from '../config/settings.js';
import { RedisCounter } from './redis-counter.js';
import { MemoryCounter, type RequestCounter } from './request-counter.js';

/** Requests a minute; `connections` are no requests. */
export type RequestLimit = Exclude<RequestLimitName, 'connections'>;

/** Of the requests of those who proved themselves one in so many counts: they are cheap, and often a service's own. */
const PROVEN_WEIGH = 100;

/**
 * How many requests a network may make, whoever sits in it. It guards the process and the shared tables from floods; budgets
 * (`Budgets`) guard messages, codes and passwords, exactly and for good.
 */
@Injectable()
export class RequestLimits implements OnApplicationShutdown {
  private readonly log = new Logger('requests');
  private counter: RequestCounter;
  /** Networks that get no answer, and until when. */
  private readonly blocked = new Map<string, Date>();
  private proven = 0;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly events: AccountEvents,
  ) {}

  /** To be called once, before the first request. */
  async open(): Promise<void> {
    const memory = new MemoryCounter();
    const { redisUrl } = this.settings;
    this.counter = redisUrl === null ? memory : await RedisCounter.open(redisUrl, memory, this.clock);
  }

  /** Throws `too_many_requests` while the network of this address has to wait for any answer at all. Waits for nobody. */
  admit(address: () => string): void {
    // On the way of every request: nearly always nobody is blocked.
    if (this.blocked.size === 0) return;
    const until = this.blocked.get(networkOf(address()));
    if (until) throw tooMany(secondsUntil(until, this.clock.now()));
  }

  /** Counts a request that changes something, before its body is read. Throws `too_many_requests` beyond one of the limits. */
  async take(address: string, limits: readonly RequestLimit[]): Promise<void> {
    const waits = await Promise.all(limits.map((limit) => this.count(limit, address)));
    const longest = Math.max(...waits);
    if (longest > 0) throw tooMany(Math.ceil(longest / 1000));
  }

  /** Counts an answered request that changed nothing. */
  note(address: string): void {
    void this.count('any', address);
  }

  /** The same for a request of an active session, or one that bore a signature. */
  noteProven(address: () => string): void {
    this.proven += 1;
    if (this.proven % PROVEN_WEIGH === 0) this.note(address());
  }

  /** Says in the log and as an event that a limit was reached; not for each request beyond it. */
  tell(limit: RequestLimitName, address: string): void {
    const name = `requests-${limit}`;
    const held = this.settings.abuseLimits === 'enforce';
    this.log.warn({ msg: 'Too many requests', limit: name, network: networkOf(address), held });
    this.events.emit({
      name: 'limit.reached', userId: null, client: { ...LOCAL_CLIENT, agent: '', address }, details: { limit: name, held },
    });
  }

  onApplicationShutdown(): void {
    // Commands open a context without requests, in which nothing was opened.
    (this.counter as RequestCounter | undefined)?.close();
  }

  /** Milliseconds to wait; 0 within the limit, and where limits are only recorded. */
  private async count(limit: RequestLimit, address: string): Promise<number> {
    const network = networkOf(address);
    const { count, endsIn } = await this.counter.add(`${limit}:${network}`);
    const most = this.settings.requestLimits[limit];
    if (count <= most) return 0;
    if (count === most + 1) this.tell(limit, address);
    if (this.settings.abuseLimits === 'record') return 0;
    if (limit === 'any') this.block(network, endsIn);
    return endsIn;
  }

  private block(network: string, wait: number): void {
    if (this.blocked.has(network)) return;
    this.blocked.set(network, after(this.clock.now(), wait));
    setTimeout(() => this.blocked.delete(network), wait).unref();
  }
}

const tooMany = (retryAfter: number): AppError =>
  new AppError('too_many_requests', { detail: FROM_NETWORK, retryAfter: Math.max(1, retryAfter) });

const FROM_NETWORK = 'Too many requests came from your network. Wait, or use another one, such as mobile data.';

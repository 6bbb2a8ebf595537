import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import { LOCAL_CLIENT } from '../common/net/client-info.js';
import { networkOf } from '../common/net/ip-address.js';
import { after, Clock, secondsUntil } from '../common/clock.js';
import type { RequestLimitName } from '../common/limits/request-limits.js';
import { Settings } from '../config/settings.js';
import { RedisCounter } from './redis-counter.js';
import { MemoryCounter, WINDOW, type RequestCounter } from './request-counter.js';

/** Requests a minute; `connections` are no requests. */
export type RequestLimit = Exclude<RequestLimitName, 'connections'>;

type Headers = Readonly<Record<string, string>>;

/** How often a network was counted, and how often it may be. */
interface Tally {
  limit: RequestLimit;
  most: number;
  count: number;
  /** Milliseconds until the count begins anew. */
  endsIn: number;
  /** Whether it is held, not only recorded. */
  isHeld: boolean;
}

/** A network that gets no answer for a while. */
export interface Shut {
  error: AppError;
  /** It sent too much that proved nothing: a good token still gets its answer. */
  opensToTokens: boolean;
}

/**
 * Requests that proved nothing, and those of sessions: what strangers send costs whoever is known
 * nothing.
 */
type Kind = 'unknown' | 'known';

/**
 * Of the requests of those who proved themselves one in so many counts: they are cheap, and often a
 * service's own.
 */
const PROVEN_WEIGH = 100;

/**
 * How many requests a network may make, whoever sits in it. It guards the process and the shared
 * tables from floods; budgets (`Budgets`) guard messages, codes and passwords, exactly and for
 * good.
 */
@Injectable()
export class RequestLimits implements OnApplicationShutdown {
  private readonly log = new Logger('requests');
  private counter: RequestCounter;
  /** Networks that get no answer, and until when. */
  private readonly blocked: Readonly<Record<Kind, Map<string, Date>>> = {
    unknown: new Map(),
    known: new Map(),
  };
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
    this.counter =
      redisUrl === null ? memory : await RedisCounter.open(redisUrl, memory, this.clock);
  }

  /**
   * Whether the network of this address has to wait for its answers; null: nobody refuses it. Waits
   * for nobody.
   */
  shut(address: () => string): Shut | null {
    const { known, unknown } = this.blocked;
    // On the way of every request: nearly always nobody is blocked.
    if (unknown.size === 0 && known.size === 0) return null;
    const network = networkOf(address());
    const until = known.get(network) ?? unknown.get(network);
    if (!until) return null;
    return {
      error: tooMany(secondsUntil(until, this.clock.now())),
      opensToTokens: !known.has(network),
    };
  }

  /**
   * Counts a request that changes something, before its body is read, and hands headers for its
   * answer to `tell`. Throws `too_many_requests` beyond one of the limits.
   */
  async take(
    address: string,
    limits: readonly RequestLimit[],
    tell: (headers: Headers) => void,
  ): Promise<void> {
    const tallies = await Promise.all(limits.map((limit) => this.count(limit, address)));
    tell(rateLimitHeaders(tallies));
    const longest = Math.max(0, ...tallies.map(waitOf));
    if (longest > 0) throw tooMany(Math.ceil(longest / 1000));
  }

  /** Counts an answered request that changed nothing, and proved nothing. Gives headers. */
  async note(address: string): Promise<Headers> {
    return rateLimitHeaders([await this.count('any', address)]);
  }

  /** The same for one of a session that still waits for something. */
  noteKnown(address: string): void {
    void this.count('any', address, 'known');
  }

  /** The same for a request of an active session, or one that bore a signature. */
  noteProven(address: () => string): void {
    this.proven += 1;
    if (this.proven % PROVEN_WEIGH === 0) this.noteKnown(address());
  }

  /** Says in the log and as an event that a limit was reached; not for each request beyond it. */
  tell(limit: RequestLimitName, address: string): void {
    const name = `requests-${limit}`;
    const held = this.isHeld;
    this.log.warn({ msg: 'Too many requests', limit: name, network: networkOf(address), held });
    this.events.emit({
      name: 'limit.reached',
      userId: null,
      client: { ...LOCAL_CLIENT, agent: '', address },
      details: { limit: name, held },
    });
  }

  onApplicationShutdown(): void {
    // Commands open a context without requests, in which nothing was opened.
    (this.counter as RequestCounter | undefined)?.close();
  }

  private async count(
    limit: RequestLimit,
    address: string,
    kind: Kind = 'unknown',
  ): Promise<Tally> {
    const network = networkOf(address);
    const { count, endsIn } = await this.counter.add(
      `${kind === 'known' ? 'known' : limit}:${network}`,
    );
    const tally = {
      limit,
      most: this.settings.requestLimits[limit],
      count,
      endsIn,
      isHeld: this.isHeld,
    };
    if (count === tally.most + 1) this.tell(limit, address);
    if (limit === 'any' && waitOf(tally) > 0) this.block(kind, network, endsIn);
    return tally;
  }

  private get isHeld(): boolean {
    return this.settings.abuseLimits === 'enforce';
  }

  private block(kind: Kind, network: string, wait: number): void {
    const blocked = this.blocked[kind];
    if (blocked.has(network)) return;
    blocked.set(network, after(this.clock.now(), wait));
    setTimeout(() => blocked.delete(network), wait).unref();
  }
}

/** Milliseconds to wait; 0 within the limit, and where limits are only recorded. */
const waitOf = ({ count, most, endsIn, isHeld }: Tally): number =>
  isHeld && count > most ? endsIn : 0;

const tooMany = (retryAfter: number): AppError =>
  new AppError('too_many_requests', { detail: FROM_NETWORK, retryAfter: Math.max(1, retryAfter) });

const FROM_NETWORK =
  'Too many requests came from your network. Wait, or use another one, such as mobile data.';

/**
 * What a client has left, as draft-ietf-httpapi-ratelimit-headers says it in structured fields (RFC
 * 9651): `r` requests in the next `t` seconds, of a quota of `q` in `w`. Nothing of limits that are
 * only recorded.
 */
function rateLimitHeaders(tallies: readonly Tally[]): Headers {
  const held = tallies.filter(({ isHeld }) => isHeld);
  if (held.length === 0) return {};
  return {
    'ratelimit-policy': held
      .map(({ limit, most }) => `"${limit}";q=${most};w=${WINDOW / 1000}`)
      .join(', '),
    ratelimit: held.map(leftOf).join(', '),
  };
}

const leftOf = ({ limit, most, count, endsIn }: Tally): string =>
  `"${limit}";r=${Math.max(0, most - count)};t=${Math.max(0, Math.ceil(endsIn / 1000))}`;

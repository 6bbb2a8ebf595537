import { Agent, request as requestHttp } from 'node:http';
import { Agent as TlsAgent, request as requestHttps } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { minutes, seconds } from '../src/common/clock.js';
import { Answer, curlOf, type Ask, type Wire } from './exchange.js';
import { Breach, Unjudged } from './verdict.js';

/** Sockets at once: what the races need. */
const REQUESTS_AT_ONCE = 50;
const LONGEST_ANSWER = 2_000_000;
/** How a connection ends that the other side has closed. */
const CLOSED: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

/** What a run may cost its target at most. */
export const BOUNDS = { requests: 2000, time: minutes(10), patience: seconds(20) };
/** Request limits count by the minute; longer waits are budgets, and are not sat out. */
const LONGEST_PAUSE = minutes(1);

/**
 * The command line's own way to the network, and its only one: to this origin, within bounds,
 * following no redirect. Not `fetch`: that forbids a forged Host and tidies paths up.
 */
export class Target implements Wire {
  requests = 0;
  /** Without patience: where the limit itself is what is judged. */
  readonly once: Wire = { send: (ask) => this.sendOnce(ask) };
  private readonly url: URL;
  private readonly agent: Agent;
  private readonly secrets = new Map<string, string>();
  private readonly start = performance.now();

  constructor(
    readonly origin: string,
    private readonly bounds = BOUNDS,
    private readonly pause: (milliseconds: number) => Promise<unknown> = sleep,
  ) {
    this.url = new URL(origin);
    const options = { keepAlive: true, maxSockets: REQUESTS_AT_ONCE };
    this.agent = this.isSecure ? new TlsAgent(options) : new Agent(options);
  }

  get isSecure(): boolean {
    return this.url.protocol === 'https:';
  }

  get milliseconds(): number {
    return performance.now() - this.start;
  }

  /**
   * Sends it, and once more after the pause that a request limit asks for: what is judged then is
   * the guard behind it. Throws Unjudged when the bounds are reached, and Breach when no whole
   * answer came.
   */
  async send(ask: Ask): Promise<Answer> {
    const answer = await this.sendOnce(ask);
    return (await this.rest(answer)) ? this.sendOnce(ask) : answer;
  }

  /**
   * Waits as a request limit asks; false where the answer is none, or the wait would be too long.
   */
  async rest({ isLimited, code, retryAfter }: Answer): Promise<boolean> {
    const isRequestLimit = isLimited && (code === 'too_many_requests' || code === '');
    if (!isRequestLimit || retryAfter === 0 || retryAfter > LONGEST_PAUSE) return false;
    if (this.milliseconds + retryAfter > this.bounds.time) return false;
    await this.pause(retryAfter);
    return true;
  }

  /** From now on `secret` stands as `name` in every line shown. */
  hide(secret: string, name: string): void {
    if (secret !== '') this.secrets.set(secret, name);
  }

  curl(ask: Ask): string {
    return curlOf(this.origin, ask, this.secrets);
  }

  close(): void {
    this.agent.destroy();
  }

  private async sendOnce(ask: Ask): Promise<Answer> {
    this.requests += 1;
    if (this.requests > this.bounds.requests)
      throw new Unjudged(`the run's ${this.bounds.requests} requests are used up`);
    if (this.milliseconds > this.bounds.time)
      throw new Unjudged(`the run's ${this.bounds.time / 60_000} minutes are over`);
    return this.exchange(ask);
  }

  /**
   * A kept connection that its server closes while a request is on its way to it is no answer (RFC
   * 9112, 9.3.1): the request goes out once more, on a connection of its own. What ends that one,
   * too, is told.
   */
  private exchange(ask: Ask, agent: Agent | false = this.agent): Promise<Answer> {
    const { hostname, port } = this.url;
    const host = hostname.replace(/^\[|\]$/g, '');
    const headers = {
      ...ask.headers,
      ...(ask.body === undefined ? {} : { 'content-length': Buffer.byteLength(ask.body) }),
    };
    const options = { host, port, method: ask.method, path: ask.path, headers, agent };
    const began = performance.now();
    const waited = () => performance.now() - began;
    return new Promise((resolve, refuse) => {
      const reject = ({ code = 'cut off' }: NodeJS.ErrnoException) =>
        refuse(new Breach(`No whole answer came (${code}).`, new Answer(ask, 0, {}, '', waited())));
      let isAnswered = false;
      const request = (this.isSecure ? requestHttps : requestHttp)(options, (response) => {
        isAnswered = true;
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > LONGEST_ANSWER) request.destroy(new Error('The answer is too long.'));
          else chunks.push(chunk);
        });
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve(new Answer(ask, response.statusCode ?? 0, response.headers, text, waited()));
        });
      });
      request.setTimeout(this.bounds.patience, () =>
        request.destroy(new Error('No answer came in time.')),
      );
      request.on('error', (error: NodeJS.ErrnoException) => {
        const wasKept = request.reusedSocket && !isAnswered && CLOSED.has(error.code ?? '');
        if (wasKept) resolve(this.exchange(ask, false));
        else reject(error);
      });
      request.end(ask.body);
    });
  }
}

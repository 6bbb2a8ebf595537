import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Server } from 'node:http';
import { Server as TcpServer, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { AppLogger } from './log/logger.js';
import { seconds } from '../common/clock.js';
import { describeError } from '../common/errors/error-description.js';
import { inTime } from '../common/net/in-time.js';
import type { Settings } from '../config/settings.js';
import { Readiness } from '../health/readiness.js';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;

/** Milliseconds for requests that are under way: longer than the slowest of them may take. */
const LAST_REQUESTS = seconds(20);
/** The same after an error that nobody caught: what the process knows may be wrong since then. */
const LAST_REQUESTS_OF_A_CRASH = seconds(5);
/**
 * Milliseconds for connections that were taken in before the listener closed: as long as one may
 * rest.
 */
const LAST_CONNECTIONS = seconds(5);
/**
 * Milliseconds of a turn of the event loop with little to do, and how many turns are waited for
 * one.
 */
const QUIET = 0.5;
const MOST_TURNS = 100;
/** Milliseconds for the last lines of the log. */
const LAST_LINES = seconds(1);

/** What a process can be told by the system, and how it ends. */
export interface Process {
  on: (name: string, listener: (value: unknown, origin: unknown) => void) => unknown;
  /** Ends the process; with 'SIGKILL' even while the system holds one of its writes. */
  exit: (status: number | 'SIGKILL') => void;
}

/**
 * Ends the process in order, in bounded time. By a signal: not ready any more, while requests are
 * still served and kept connections closed after their answer, for SHUTDOWN_DRAIN; then nothing new
 * is taken in, what is under way is answered, and the log written out. A second signal skips the
 * wait. By an error that nobody caught: logged, then the same without the wait, with status 1
 * (Node's documentation: it is not safe to go on).
 */
export class Shutdown {
  private readonly hurry = new AbortController();
  private isEnding = false;

  constructor(
    private readonly app: Pick<NestFastifyApplication, 'close' | 'get' | 'getHttpServer'>,
    private readonly settings: Pick<Settings, 'shutdownDrain'>,
    private readonly logger: AppLogger,
    private readonly output: { end: (within: number) => Promise<boolean> },
  ) {}

  /** From now on signals and errors that nobody caught end the process. */
  watch(given: Process): void {
    for (const signal of SIGNALS) given.on(signal, () => void this.bySignal(signal, given));
    given.on('uncaughtException', (error, origin) => void this.byError(error, origin, given));
  }

  private async bySignal(signal: string, given: Process): Promise<void> {
    if (this.isEnding) return this.hurry.abort();
    this.isEnding = true;
    const drain = this.settings.shutdownDrain;
    this.logger.log({ msg: 'Ringback ends.', why: signal, drain_s: drain / 1000 });
    this.app.get(Readiness, { strict: false }).leave();
    if (drain > 0) {
      await pause(drain, undefined, { signal: this.hurry.signal }).catch(() => undefined);
      await stopListening(this.app.getHttpServer());
    }
    await this.end(given, LAST_REQUESTS, 0);
  }

  private async byError(error: unknown, origin: unknown, given: Process): Promise<void> {
    this.logger.fatal({
      ...describeError(error),
      msg: 'Nobody caught an error: Ringback ends.',
      origin,
    });
    if (this.isEnding) return;
    this.isEnding = true;
    this.app.get(Readiness, { strict: false }).leave();
    await this.end(given, LAST_REQUESTS_OF_A_CRASH, 1);
  }

  private async end(given: Process, within: number, status: number): Promise<void> {
    const isClosed = await inTime(this.close(), within);
    const ending = isClosed ? status : 1;
    if (isClosed === null)
      this.logger.error({ msg: 'Not everything ended in time.', within_s: within / 1000 });
    this.logger.log({ msg: 'Ringback ended.', status: ending });
    given.exit((await this.output.end(LAST_LINES)) ? 'SIGKILL' : ending);
  }

  private async close(): Promise<boolean> {
    try {
      await this.app.close();
      return true;
    } catch (error) {
      this.logger.error({ ...describeError(error), msg: 'Not everything could be closed.' });
      return false;
    }
  }
}

/**
 * Closes the listener alone, at a moment when no connection waits to be taken in: the system resets
 * those. HTTP's own close() would cut connections that rest, even when a request is on its way over
 * one of them. Resolves when all are gone, or soon.
 */
async function stopListening(server: Server): Promise<void> {
  await quietMoment();
  const closed = new Promise<void>((resolve) =>
    TcpServer.prototype.close.call(server, () => resolve()),
  );
  await inTime(closed, LAST_CONNECTIONS);
}

/**
 * Right after a turn of the event loop that had little to do: whoever connected has just been taken
 * in.
 */
async function quietMoment(): Promise<void> {
  for (
    let turns = 0, began = performance.now();
    turns < MOST_TURNS;
    turns += 1, began = performance.now()
  ) {
    await nextTurn();
    if (performance.now() - began < QUIET) return;
  }
}

/** Node's process; it takes no signal that says more than its name. */
export const thisProcess: Process = {
  on: (name, listener) => process.on(name, listener),
  exit: (status) =>
    status === 'SIGKILL' ? process.kill(process.pid, status) : process.exit(status),
};

/**
 * While the process leaves, each connection that was kept is closed after its answer: its client
 * goes on over another, elsewhere if it looks who is ready. Who does not look and comes again is
 * kept until the listener is closed, lest there be many new connections at that moment: the system
 * resets those that are not taken in yet.
 */
export function closeKeptConnections(server: FastifyInstance, readiness: Readiness): void {
  const late = new WeakSet<Socket>();
  server.server.on('connection', (socket) => {
    if (readiness.isLeaving) late.add(socket);
  });
  server.addHook('onSend', ({ raw }, reply, _payload, done) => {
    if (readiness.isLeaving && !(server.server.listening && late.has(raw.socket)))
      void reply.header('connection', 'close');
    done();
  });
}

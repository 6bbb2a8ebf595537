import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { kindOf } from '../database-errors.js';
import type { ErrorKind } from './mysql-errors.js';
import { PooledConnections, type Connection } from './pooled-connections.js';

type Work<T> = (manager: EntityManager) => Promise<T>;

/**
 * `transaction`: all or none. `statement`: one, which commits by itself. `read`: changes nothing.
 */
type Kind = 'transaction' | 'statement' | 'read';

/** How far a unit came. Until `committing` the server undoes it when its connection is lost. */
type Stage = 'connecting' | 'working' | 'committing';

const unanswered = () =>
  Object.assign(new Error('The database did not answer in time.'), { code: 'ETIMEDOUT' });

/**
 * What is likely so of the pool's other connections too: new ones may lead to a new primary, or
 * over a line that works.
 */
const LEFT_BEHIND = new Set<ErrorKind>(['read_only', 'gone', 'timed_out']);

/**
 * How often a unit may be begun again, by its reason. One repeat lets a crowd on one row lose
 * twice: of 50 log-ins of one network at once some did.
 */
const AGAIN = { race: 3, line: 1 };
/**
 * Milliseconds that losers of a race wait at most before they begin again, so that they do not all
 * meet anew.
 */
const APART = 50;

/** Milliseconds that BEGIN may take, which waits for nobody: else the line is dead. */
const PROMPT = 500;

/**
 * Work on one connection of the pool with a time limit, against a database that holds the line and
 * says nothing.
 */
export class TimedConnections {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Throws ETIMEDOUT after `limit` milliseconds, the wait for a connection included. The connection
   * is broken then: what is open on it fails and is undone by the server, and the pool opens
   * another one. Where nothing of the work can have happened it is begun again within the same
   * limit.
   */
  async run<T>(kind: Kind, work: Work<T>, limit: number): Promise<T> {
    const attempt = new Attempt(this.dataSource, kind, work);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        attempt.giveUp();
        reject(unanswered());
      }, limit);
    });
    return Promise.race([attempt.run(), late]).finally(() => clearTimeout(timer));
  }
}

class Attempt<T> {
  private connection: Connection | undefined;
  private isLate = false;
  private stage: Stage = 'connecting';

  constructor(
    private readonly dataSource: DataSource,
    private readonly kind: Kind,
    private readonly work: Work<T>,
  ) {}

  /**
   * `met`: why it was begun again before. A lost race is not the line's fault, so both are counted
   * apart.
   */
  async run(met: readonly (keyof typeof AGAIN)[] = []): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await this.onConnection(runner);
    } catch (error) {
      const why = kindOf(error) === 'conflict' ? 'race' : 'line';
      if (!this.mayBeginAgain(error) || met.filter((one) => one === why).length >= AGAIN[why])
        throw error;
      met = [...met, why];
    } finally {
      await runner.release();
    }
    if (met.at(-1) === 'race') await pause(Math.random() * APART);
    return this.run(met);
  }

  giveUp(): void {
    this.isLate = true;
    this.connection?.stream.destroy(unanswered());
  }

  private async onConnection(runner: QueryRunner): Promise<T> {
    this.stage = 'connecting';
    this.connection = undefined;
    this.connection = (await runner.connect()) as Connection;
    if (this.isLate) throw unanswered();
    try {
      return await (this.kind === 'transaction' ? this.transaction(runner) : this.alone(runner));
    } catch (error) {
      if (LEFT_BEHIND.has(kindOf(error))) PooledConnections.retire(this.connection);
      throw error;
    }
  }

  private alone(runner: QueryRunner): Promise<T> {
    this.stage = 'working';
    return this.work(runner.manager);
  }

  private async transaction(runner: QueryRunner): Promise<T> {
    await this.begin(runner);
    this.stage = 'working';
    try {
      const done = await this.work(runner.manager);
      this.stage = 'committing';
      await runner.commitTransaction();
      return done;
    } catch (error) {
      // With the connection the transaction went as well; the first error is the one to tell.
      await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  }

  private async begin(runner: QueryRunner): Promise<void> {
    const timer = setTimeout(
      () =>
        setImmediate(() => {
          if (this.stage === 'connecting') this.connection?.stream.destroy(unanswered());
        }),
      PROMPT,
    );
    await runner.startTransaction().finally(() => clearTimeout(timer));
  }

  /**
   * MySQL names one of two racers the loser of a deadlock, and a cluster one of two nodes; a server
   * without writes did nothing; a lost connection takes with it what was not committed. Who waited
   * for a lock in vain has waited enough.
   */
  private mayBeginAgain(error: unknown): boolean {
    if (this.isLate) return false;
    const kind = kindOf(error);
    if (kind === 'conflict' || kind === 'read_only') return true;
    if (kind !== 'gone' && kind !== 'timed_out') return false;
    return this.stage === 'connecting' || (this.stage === 'working' && this.kind !== 'statement');
  }
}

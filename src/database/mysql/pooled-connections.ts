/**
 * What is used of mysql2's pools: they tell of every connection before anything else is asked of
 * it.
 */
export interface Pool {
  getConnection: (done: Done) => void;
  on: (event: 'connection' | 'release', listener: (connection: Connection) => void) => Pool;
}

/**
 * A connection of such a pool. Destroyed, it leaves the pool, which opens another one when it needs
 * it.
 */
export interface Connection {
  query: (sql: string, done: (error: unknown) => void) => void;
  ping: (done: (error: unknown) => void) => void;
  on: (event: 'error', listener: () => void) => unknown;
  destroy: () => void;
  stream: { destroy: (error?: Error) => void };
}

type Done = (error: unknown, connection?: Connection) => void;

/**
 * Milliseconds a connection may have been idle and still counts as live: under load nothing is
 * asked twice.
 */
const FRESH = 250;
/** Milliseconds that a live connection takes at most to answer a ping. */
const PROMPT = 500;

const guards = new WeakMap<Connection, PooledConnections>();

/**
 * The connections of a pool, of which none is handed out that died while nobody used it: what a
 * firewall dropped, a server closed or a failover left behind is found before a request has to do
 * with it.
 */
export class PooledConnections {
  private generation = 0;
  private readonly states = new WeakMap<Connection, { generation: number; usedAt: number }>();

  /** Makes a pool hand out live connections only. */
  static guard(pool: Pool): Pool {
    const connections = new PooledConnections();
    const take = pool.getConnection.bind(pool);
    pool.getConnection = (done) => connections.handOut(take, done);
    return pool
      .on('connection', (one) => connections.join(one))
      .on('release', (one) => connections.used(one));
  }

  /**
   * Takes a connection out of its pool, and all that were opened before now, as they come back:
   * they lead to the same server, or through the same broken line.
   */
  static retire(connection: Connection): void {
    guards.get(connection)?.retire(connection);
  }

  private join(connection: Connection): void {
    guards.set(connection, this);
    this.states.set(connection, { generation: this.generation, usedAt: performance.now() });
    // Errors of a connection that nobody uses end that connection; without a listener they would
    // end the process.
    connection.on('error', () => undefined);
  }

  private used(connection: Connection): void {
    const state = this.states.get(connection);
    if (state) state.usedAt = performance.now();
  }

  private handOut(take: Pool['getConnection'], done: Done): void {
    take((error, connection) => {
      if (!connection) return done(error);
      void this.isLive(connection).then((isLive) => {
        if (!isLive) {
          this.retire(connection);
          return this.handOut(take, done);
        }
        this.used(connection);
        done(null, connection);
      });
    });
  }

  private async isLive(connection: Connection): Promise<boolean> {
    const state = this.states.get(connection);
    if (!state) return true;
    if (state.generation < this.generation) return false;
    return performance.now() - state.usedAt < FRESH || answers(connection);
  }

  private retire(connection: Connection): void {
    // Of many that are found dead at once, the first one retires the others, but not what was
    // opened since.
    if (this.states.get(connection)?.generation === this.generation) this.generation += 1;
    connection.destroy();
    connection.stream.destroy();
  }
}

function answers(connection: Connection): Promise<boolean> {
  return new Promise((resolve) => {
    // After the timer the answers that have arrived meanwhile are read: this process may itself
    // have been late.
    const timer = setTimeout(() => setImmediate(() => resolve(false)), PROMPT);
    connection.ping((error) => {
      clearTimeout(timer);
      resolve(!error);
    });
  });
}

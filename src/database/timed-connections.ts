import type { DataSource, EntityManager } from 'typeorm';

interface Connection {
  stream: { destroy: (error: Error) => void };
}

const unanswered = () => Object.assign(new Error('The database did not answer in time.'), { code: 'ETIMEDOUT' });

/** Work on one connection of the pool with a time limit, against a database that holds the line and says nothing. */
export class TimedConnections {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Throws ETIMEDOUT after `limit` milliseconds, the wait for a connection included. The connection is broken then: what is open
   * on it fails and is undone by the server, and the pool opens another one.
   */
  async run<T>(work: (manager: EntityManager) => Promise<T>, limit: number): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    let connection: Connection | undefined;
    let isLate = false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        isLate = true;
        connection?.stream.destroy(unanswered());
        reject(unanswered());
      }, limit);
    });
    const onConnection = async () => {
      try {
        connection = (await runner.connect()) as Connection;
        if (isLate) throw unanswered();
        return await work(runner.manager);
      } finally {
        await runner.release();
      }
    };
    return Promise.race([onConnection(), late]).finally(() => clearTimeout(timer));
  }
}

import { Agent, request } from 'node:http';

/**
 * A balancer that keeps its connections, and asks those instances that said last that they are
 * ready, in turn.
 */
export class KeptConnections {
  private readonly agents = new Map<string, Agent>();
  private next = 0;
  readonly failures: string[] = [];
  /** How many requests each instance answered. */
  readonly answered = new Map<string, number>();
  private ready: readonly string[] = [];

  /**
   * Asks each instance whether it is ready, and lets the connections to those go that are not, once
   * they rest.
   */
  private async look(instances: readonly string[]): Promise<void> {
    const found = await Promise.all(instances.map((url) => this.send(url, '/health/ready', 'GET')));
    const ready = instances.filter((_, index) => found[index] === 200);
    // Where nobody is, it goes on with those that were.
    if (ready.length > 0) this.ready = ready;
    for (const [url, agent] of this.agents) if (!this.ready.includes(url)) letGo(agent);
  }

  /**
   * Looks until exactly these say that they are ready: on a busy machine one that waits for its
   * database may say for a moment that it is not.
   */
  async lookUntil(instances: readonly string[], ready: readonly string[]): Promise<void> {
    do await this.look(instances);
    while (this.ready.join() !== ready.join());
  }

  async ask(path: string, method = 'GET'): Promise<void> {
    const url = this.ready[(this.next += 1) % this.ready.length] ?? '';
    const outcome = await this.send(url, path, method);
    if (typeof outcome === 'string' || outcome >= 500)
      this.failures.push(`${method} ${path}: ${outcome}`);
    this.answered.set(url, (this.answered.get(url) ?? 0) + 1);
  }

  close(): void {
    for (const agent of this.agents.values()) agent.destroy();
  }

  /** The status, or how the connection broke. */
  private send(url: string, path: string, method: string): Promise<number | string> {
    const agent = this.agents.get(url) ?? new Agent({ keepAlive: true });
    this.agents.set(url, agent);
    return new Promise((resolve) => {
      const sent = request(
        url + path,
        { method, agent, headers: { accept: 'application/json' } },
        (answer) => {
          answer
            .resume()
            .on('end', () => resolve(answer.statusCode ?? 0))
            .on('error', () => resolve('cut off'));
        },
      );
      sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name)).end();
    });
  }
}

function letGo(agent: Agent): void {
  agent.maxFreeSockets = 0;
  for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? []))
    socket.destroy();
}

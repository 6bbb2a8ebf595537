import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What `npm start` runs, from the folder of the project. */
export const SERVER = 'dist/src/main.js';

/** What needs the product as a process of its own; named as skipped where it was not built. */
export const withBuiltServer = (name: string, suite: () => void): void =>
  (existsSync(SERVER) || process.env['CI'] === 'true' ? describe : describe.skip)(
    `${name} (needs \`npm run build\`)`,
    suite,
  );

interface Options {
  environment: Readonly<Record<string, string>>;
  stdio?: StdioOptions;
  /** Stands in front of the program, e.g. a shell that sets limits and then runs `"$@"`. */
  under?: readonly string[];
  /** Options of Node. */
  node?: readonly string[];
}

/** The built product as a process that a test may stop and break. */
export class BuiltServer {
  private constructor(
    readonly url: string,
    readonly child: ChildProcess,
  ) {}

  /** Resolves when it answers. */
  static async start({
    environment,
    stdio = ['ignore', 'pipe', 'pipe'],
    under = [],
    node = [],
  }: Options): Promise<BuiltServer> {
    const port = await freePort();
    const [program, ...words] = [...under, process.execPath, ...node, SERVER];
    const env = { PATH: process.env['PATH'], ...environment, PORT: String(port) };
    const server = new BuiltServer(
      `http://127.0.0.1:${port}`,
      spawn(program, words, { env, stdio }),
    );
    while (!(await server.answers())) {
      if (server.hasEnded)
        throw new Error(`The server ended with ${String(server.child.exitCode)}.`);
      await pause(20);
    }
    return server;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async answers(): Promise<boolean> {
    return fetch(`${this.url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  /** The status it ends with, or the signal that killed it. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    if (!this.hasEnded) {
      const ended = once(this.child, 'exit');
      this.child.kill(signal);
      await ended;
    }
    return this.child.exitCode ?? this.child.signalCode;
  }
}

/** A port of this machine that nobody listens at. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

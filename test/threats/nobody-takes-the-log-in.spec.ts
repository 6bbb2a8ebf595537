import { closeSync, openSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Installation } from '../cli/installation.js';
import { BuiltServer, withBuiltServer } from '../support/built-server.js';

/** More lines than may wait, and more than a pipe holds. */
const MANY = 6_000;
const FEW = 600;

withBuiltServer('nobody takes the log in', () => {
  let place: Installation;
  let server: BuiltServer;
  const opened: number[] = [];

  beforeEach(() => (place = new Installation()));
  afterEach(async () => {
    await server.end('SIGKILL');
    opened.splice(0).forEach(closeSync);
    place.remove();
  });

  const start = async (stdout: number | 'pipe', under: string[] = []) => {
    server = await BuiltServer.start({
      environment: { ...place.environment, ...UNHINDERED },
      stdio: ['ignore', stdout, 'ignore'],
      under,
    });
  };
  const open = (file: string, flags: string | number) => {
    const descriptor = openSync(file, flags);
    opened.push(descriptor);
    return descriptor;
  };
  const dropped = async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    return Number(/^ringback_log_lines_dropped_total (\d+)$/m.exec(text)?.[1]);
  };

  it('a reader that stops: every request is answered, what is dropped is counted and, once it goes on, told', async () => {
    await start('pipe');
    expect(await statuses(server.url, MANY)).toEqual({ 200: MANY });
    expect(await dropped()).toBeGreaterThan(0);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    const told = await firstLine(server, 'Log lines flow again');
    // Counted now: the two requests before this one may have lost their lines too.
    expect(told).toMatchObject({ level: 'warn', lines: await dropped() });
    expect(await server.end()).toBe(0);
  });

  it('a reader that stops: SIGTERM ends it', async () => {
    await start('pipe');
    await statuses(server.url, FEW);
    expect(await server.end()).toBe(0);
  });

  it('a reader that left: every request is answered, and SIGTERM ends it', async () => {
    await start('pipe');
    (server.child.stdout as Readable).destroy();
    expect(await statuses(server.url, FEW)).toEqual({ 200: FEW });
    expect(await server.end()).toBe(0);
  });

  it('a disk that is full from the start: every request is answered, and SIGTERM ends it', async () => {
    const file = path.join(place.folder, 'log');
    writeFileSync(file, Buffer.alloc(16 * 2 ** 20 - 1000, ' '));
    await start(open(file, 'a'), ['bash', '-c', 'ulimit -f 16384; exec "$@"', 'bash']);
    expect(await statuses(server.url, FEW)).toEqual({ 200: FEW });
    expect(await server.end()).toBe(0);
  });
});

const UNHINDERED = { REQUEST_LIMITS: 'any:1000000' };

/** Read from the log until then. */
async function firstLine({ child }: BuiltServer, message: string): Promise<unknown> {
  for await (const line of createInterface(child.stdout as Readable))
    if (line.includes(message)) return JSON.parse(line) as unknown;
  throw new Error(`The log ended without "${message}".`);
}

/** How often which status came, of that many requests over one connection. */
async function statuses(url: string, count: number): Promise<Record<string, number>> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const request = 'GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n';
  socket.write(
    request.repeat(count - 1) + request.replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n'),
  );
  let text = '';
  for await (const part of socket) text += String(part);
  const found: Record<string, number> = {};
  for (const [, status = ''] of text.matchAll(/HTTP\/1\.1 (\d+)/g))
    found[status] = (found[status] ?? 0) + 1;
  return found;
}

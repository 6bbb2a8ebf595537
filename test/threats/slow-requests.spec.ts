import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { startApp, type TestApp } from '../support/start-app.js';

const CONNECTIONS = 20;
const SHORT = 300;

describe('connections that are slow on purpose', () => {
  let app: TestApp;
  let server: Server;
  beforeAll(async () => {
    app = await startApp({
      environment: { ABUSE_LIMITS: 'enforce', REQUEST_LIMITS: `connections:${CONNECTIONS}` },
    });
    server = app.app.getHttpServer();
  });
  afterAll(() => app.close());

  const open = () =>
    connect(Number(new URL(app.url).port), '127.0.0.1').on('error', () => undefined);
  /** What was heard until the server ended it. */
  const untilEnd = (socket: Socket) =>
    new Promise<string>((resolve) => {
      let heard = '';
      socket.on('data', (chunk) => (heard += chunk.toString())).on('close', () => resolve(heard));
    });
  const trickle = (socket: Socket, first: string, drop: string) => {
    socket.write(first);
    const dripping = setInterval(() => socket.write(drop), 50);
    socket.once('close', () => clearInterval(dripping));
    return untilEnd(socket);
  };

  it('have these times: 8 s for headers, 10 for all, 5 of rest, 30 without taking anything in', () => {
    expect(server).toMatchObject({
      headersTimeout: 8000,
      requestTimeout: 10_000,
      keepAliveTimeout: 5000,
      timeout: 30_000,
    });
    expect(server.maxConnections).toBe(10_000);
  });

  it('are cut: readers who take nothing in', async () => {
    server.timeout = SHORT;
    const ended = new Promise<void>((resolve) =>
      server.once('connection', (theirs: Socket) => {
        server.timeout = 30_000;
        theirs.once('close', resolve);
      }),
    );
    const reader = open().pause();
    reader.write('GET /static/ringback.css HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(500));
    await ended;
    reader.destroy();
  });

  it('are cut: silent ones, dripping headers, dripping bodies, idle ones', async () => {
    Object.assign(server, {
      headersTimeout: SHORT,
      requestTimeout: SHORT,
      keepAliveTimeout: SHORT,
    });
    const head = 'Host: x\r\n';
    const form = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 90000\r\n\r\n';
    const cut = Promise.all([
      untilEnd(open()),
      trickle(open(), `GET / HTTP/1.1\r\n${head}`, 'X-A: b\r\n'),
      trickle(open(), `POST /login/ HTTP/1.1\r\n${head}${form}`, 'a=b&'),
      trickle(
        open(),
        `POST /login/ HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n`,
        '1\r\na\r\n',
      ),
    ]);
    const idle = open();
    idle.write(`GET /health/live HTTP/1.1\r\n${head}\r\n`);
    expect(await untilEnd(idle)).toMatch(/^HTTP\/1\.1 200/);
    const [silent, headers, body, chunks] = await cut;
    for (const answer of [silent, headers, body]) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(headers).toMatch(
      /\r\ncontent-security-policy: default-src 'none'[^]*"code":"request_timeout"/,
    );
    expect(chunks).toMatch(/^HTTP\/1\.1 4(08|15) /);
  });

  it('cannot be held by one network beyond its number; it is told once', async () => {
    Object.assign(server, { headersTimeout: 8000, requestTimeout: 10_000 });
    const sockets = Array.from({ length: CONNECTIONS + 10 }, open);
    const ended = sockets.map(
      (socket) => new Promise<Socket>((resolve) => socket.once('close', () => resolve(socket))),
    );
    for (let refused = 0; refused < 10; refused += 1)
      await Promise.race(ended.filter((_, index) => !sockets[index]?.destroyed));
    const left = sockets.filter((socket) => !socket.destroyed);
    expect(left).toHaveLength(CONNECTIONS);
    expect(app.logs.filter((line) => line.includes('requests-connections'))).toHaveLength(1);
    for (const socket of left) socket.destroy();
    await Promise.all(ended);
    expect((await fetch(`${app.url}/health/live`)).status).toBe(200);
  });
});

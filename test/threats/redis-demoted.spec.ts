import { Redis } from 'ioredis';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { freePort } from '../support/built-server.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const SERVER = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((file) =>
  existsSync(file),
);
const withServers = SERVER || process.env['CI'] === 'true' ? describe : describe.skip;

withServers('a Redis that was demoted to a replica (needs redis-server)', () => {
  const target = { host: '127.0.0.1', port: 0 };
  const wire = new TcpProxy(target);
  const servers: ChildProcess[] = [];
  const clients: Redis[] = [];
  let app: TestApp;

  const start = async () => {
    const port = await freePort();
    servers.push(
      spawn(SERVER ?? '', ['--port', `${port}`, '--bind', '127.0.0.1', '--save', ''], {
        stdio: 'ignore',
      }),
    );
    const client = new Redis(port, '127.0.0.1', {
      retryStrategy: () => 20,
      maxRetriesPerRequest: null,
    });
    clients.push(client.on('error', () => undefined));
    await client.ping();
    return { port, client };
  };
  afterAll(async () => {
    await app.close();
    await wire.cut();
    for (const client of clients) client.disconnect();
    for (const server of servers) server.kill();
  });

  it('is left: requests are counted at the new primary, and the log says why, and when it serves again', async () => {
    const [first, second] = [await start(), await start()];
    target.port = first.port;
    const environment = {
      ABUSE_LIMITS: 'enforce',
      REDIS_URL: `redis://127.0.0.1:${await wire.mend()}`,
    };
    app = await startApp({ environment });
    const register = () => fetch(`${app.url}/api/v1/registration`, { method: 'POST' });
    await register();
    expect(await first.client.dbsize()).toBeGreaterThan(0);

    await first.client.replicaof('127.0.0.1', second.port);
    expect((await register()).status).toBeLessThan(500);
    const told = (text: string) => app.logs.filter((line) => line.includes(text)).length;
    while (told('Redis does not serve') === 0) await register();
    expect(app.logs.find((line) => line.includes('Redis does not serve'))).toContain(
      'It is a replica',
    );
    target.port = second.port;
    while (told('Redis serves') === 0) await register();
    await register();
    expect(await second.client.dbsize()).toBeGreaterThan(0);
    expect([told('Redis does not serve'), told('Redis serves')]).toEqual([1, 1]);
  });
});

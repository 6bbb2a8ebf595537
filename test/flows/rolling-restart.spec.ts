import { once } from 'node:events';
import { connect } from 'node:net';
import { Shutdown } from '../../src/server/shutdown.js';
import { AppLogger } from '../../src/server/log/logger.js';
import { hours } from '../../src/common/clock.js';
import { withMariaDb } from '../support/databases.js';
import { FakeProcess } from '../support/fake-process.js';
import { KeptConnections } from '../support/kept-connections.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { startApp, type AppOptions } from '../support/start-app.js';

/** An instance that ends by signals: the first begins an hour's drain, a second one ends that. */
async function startInstance(options: AppOptions) {
  const { app, url, logs } = await startApp(options);
  const logger = new AppLogger(
    { logLevel: 'info' },
    { write: (line: string) => void logs.push(line) },
  );
  const given = new FakeProcess();
  new Shutdown(app, { shutdownDrain: hours(1) }, logger, {
    end: () => Promise.resolve(false),
  }).watch(given);
  return { url, given };
}

describe('an instance that drains', () => {
  it('is not ready, answers all the same, and closes each kept connection after its answer', async () => {
    const { url, given } = await startInstance({});
    const { hostname, port } = new URL(url);
    const kept = connect(Number(port), hostname);
    const get = 'GET /api/v1/session HTTP/1.1\r\nhost: localhost\r\n\r\n';
    let heard = '';
    kept.on('data', (part) => (heard += String(part)));
    kept.write(get);
    await once(kept, 'data');
    expect(heard).not.toMatch(/^connection: close/im);
    given.send('SIGTERM');
    kept.write(get);
    await once(kept, 'close');
    expect(heard.match(/HTTP\/1\.1 401/g)).toHaveLength(2);
    expect(heard).toMatch(/^connection: close/im);
    const statuses = await Promise.all(
      ['/health/ready', '/health/live', '/'].map((path) => fetch(url + path)),
    );
    expect(statuses.map(({ status }) => status)).toEqual([503, 200, 200]);
    given.send('SIGTERM');
    expect(await given.ended).toBe(0);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  });
});

withMariaDb('six rolling restarts of two instances', () => {
  it('fail no request of a balancer that keeps its connections', async () => {
    const use = await migratedDatabase('MariaDB');
    const instances = [await startInstance({ use }), await startInstance({ use })];
    const balancer = new KeptConnections();
    const urls = () => instances.map(({ url }) => url);
    await balancer.lookUntil(urls(), urls());
    let isDone = false;
    const people = Array.from({ length: 8 }, async (_, index) => {
      while (!isDone)
        await (index % 2
          ? balancer.ask('/api/v1/session')
          : balancer.ask('/api/v1/registration', 'POST'));
    });
    const twenty = async ({ url }: { url: string }) => {
      const enough = (balancer.answered.get(url) ?? 0) + 20;
      while ((balancer.answered.get(url) ?? 0) < enough) await balancer.ask('/api/v1/session');
    };
    for (let restart = 0; restart < 6; restart += 1) {
      const leaving = instances[restart % 2]!;
      const staying = instances[(restart + 1) % 2]!;
      await twenty(leaving);
      leaving.given.send('SIGTERM');
      // Nobody has looked yet.
      await twenty(leaving);
      await balancer.lookUntil(urls(), [staying.url]);
      await twenty(staying);
      leaving.given.send('SIGTERM');
      expect(await leaving.given.ended).toBe(0);
      instances[restart % 2] = await startInstance({ use });
      await balancer.lookUntil(urls(), urls());
    }
    isDone = true;
    await Promise.all(people);
    balancer.close();
    expect(balancer.failures).toEqual([]);
    for (const { given } of instances) {
      given.send('SIGTERM');
      given.send('SIGTERM');
      await given.ended;
    }
    await use.drop();
    // Eight starts of an instance on a busy machine.
  }, 120_000);
});

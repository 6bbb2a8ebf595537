import { randomInt } from 'node:crypto';
import { startApp, type TestApp } from '../support/start-app.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const there = process.env['TEST_REDIS_URL'] ? describe : describe.skip;

there('instances that count requests together, and the Redis between them', () => {
  const direct = new URL(process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1');
  let wire: TcpProxy;
  let wired: TestApp;
  let other: TestApp;
  beforeAll(async () => {
    wire = new TcpProxy({ host: direct.hostname, port: Number(direct.port || 6379) });
    const through = new URL(direct);
    through.hostname = '127.0.0.1';
    through.port = `${await wire.mend()}`;
    const environment = {
      ABUSE_LIMITS: 'enforce',
      TRUSTED_PROXIES: '127.0.0.1',
      REQUEST_LIMITS: 'any:20,login:10',
    };
    other = await startApp({ environment: { ...environment, REDIS_URL: direct.href } });
    // The last one: Nest has one logger in a process.
    wired = await startApp({ environment: { ...environment, REDIS_URL: through.href } });
  });
  afterAll(async () => {
    await wired.close();
    await other.close();
    await wire.cut();
  });

  const network = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
  const ask = (app: TestApp, address: string, path = '/api/v1/session') =>
    fetch(`${app.url}${path}`, { headers: { 'x-forwarded-for': address } });
  const logIn = (app: TestApp, address: string) =>
    fetch(`${app.url}/api/v1/session`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    });
  const heard = async (answers: readonly Promise<Response>[]) =>
    (await Promise.all(answers)).map(({ status }) => status).filter((status) => status !== 429);
  const timed = async (answer: Promise<Response>) => {
    const since = performance.now();
    return { status: (await answer).status, ms: performance.now() - since };
  };
  const told = (text: string) => wired.logs.filter((line) => line.includes(text)).length;
  const isShared = async () => {
    const address = network();
    await Promise.all(Array.from({ length: 10 }, () => logIn(other, address)));
    return (await logIn(wired, address)).status === 429;
  };
  const untilShared = async () => {
    const since = performance.now();
    while (performance.now() - since < 10_000) if (await isShared()) return true;
    return false;
  };

  it('of 50 log-ins at two instances at once ten are heard in all', async () => {
    const address = network();
    const all = Array.from({ length: 50 }, (_, index) => logIn(index % 2 ? wired : other, address));
    expect(await heard(all)).toEqual(Array(10).fill(422));
  });

  it('reads at one instance count at the other', async () => {
    const address = network();
    for (let index = 0; index < 20; index += 1) await ask(wired, address);
    const statuses: number[] = [];
    for (let index = 0; index < 5; index += 1) statuses.push((await ask(other, address)).status);
    expect(statuses).toContain(429);
  });

  it('cut off, an instance counts for itself: nothing fails, nothing hangs, the limit holds; one line says so', async () => {
    await wire.cut();
    const address = network();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => timed(logIn(wired, address))),
    );
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(40);
    expect((await ask(wired, network(), '/health/ready')).status).toBe(200);
    expect(told('Redis does not serve')).toBe(1);
    await wire.mend();
    expect(await untilShared()).toBe(true);
    expect([told('Redis does not serve'), told('Redis serves')]).toEqual([1, 1]);
  });

  it('a silent Redis holds a request up for a moment at most, and then none', async () => {
    wire.freeze();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => timed(logIn(wired, network()))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(422));
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(3000);
    expect((await ask(wired, network())).status).toBe(401);
    const address = network();
    expect(await heard(Array.from({ length: 30 }, () => logIn(wired, address)))).toEqual(
      Array(10).fill(422),
    );
    wire.thaw();
    expect(await untilShared()).toBe(true);
  });

  it('an instance starts without its Redis', async () => {
    await wire.cut();
    const alone = await startApp({
      environment: { ABUSE_LIMITS: 'enforce', REDIS_URL: 'redis://:open-sesame@127.0.0.1:1' },
    });
    expect((await logIn(alone, network())).status).toBe(422);
    expect(alone.logs.join('')).not.toContain('open-sesame');
    await alone.close();
    await wire.mend();
  });
});

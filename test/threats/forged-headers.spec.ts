import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { isIP } from 'node:net';
import { httpAdapter } from '../../src/server/setup.js';
import { addressOf } from '../../src/auth/http/client-of.js';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { loadSettings } from '../../src/load-settings.js';
import { User } from '../../src/users/user.entity.js';
import { PASSWORD } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

const FORGED = [
  '203.0.113.7',
  '203.0.113.7, 198.51.100.9',
  'junk',
  "'; DROP TABLE users; --",
  '<script>',
  '::1',
  '999.1.1.1',
  'a'.repeat(5000),
  '',
];

describe('the address a request came from', () => {
  const apps: TestApp[] = [];
  afterAll(async () => {
    for (const app of apps) await app.close();
  });
  const start = async (environment: Record<string, string>) => {
    const app = await startApp({ environment });
    apps.push(app);
    return app;
  };
  async function addressSeen(app: TestApp, forwarded: Record<string, string>) {
    const { username } = await makeAccount(app);
    const answer = await fetch(`${app.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...forwarded },
      body: JSON.stringify({ username, password: PASSWORD }),
    });
    expect(answer.status).toBe(201);
    const { id } = await app.db.getRepository(User).findOneByOrFail({ username });
    return (await app.db.getRepository(Session).findOneByOrFail({ userId: id })).address;
  }

  it("is the peer's own where no proxy is trusted", async () => {
    const app = await start({});
    for (const value of FORGED)
      expect(
        await addressSeen(app, {
          'x-forwarded-for': value,
          'x-real-ip': value,
          forwarded: `for=${value}`,
        }),
      ).toBe('127.0.0.1');
  });

  it('is the last one that a trusted proxy vouches for, and junk never counts', async () => {
    const app = await start({ TRUSTED_PROXIES: '127.0.0.1,198.51.100.0/24' });
    expect(await addressSeen(app, { 'x-forwarded-for': '203.0.113.7' })).toBe('203.0.113.7');
    expect(
      await addressSeen(app, { 'x-forwarded-for': '10.9.9.9, 203.0.113.7, 198.51.100.9' }),
    ).toBe('203.0.113.7');
    expect(await addressSeen(app, { 'x-forwarded-for': '2001:db8::1' })).toBe('2001:db8::1');
    for (const junk of ['junk', "'; DROP TABLE users; --", '<script>', '999.1.1.1', ''])
      expect(await addressSeen(app, { 'x-forwarded-for': junk })).toBe('127.0.0.1');
  });

  it('the inbox opens for this machine only, not for what a proxy or another name brings', async () => {
    const app = await start({});
    const inbox = (headers: Record<string, string>) =>
      fetch(`${app.url}/dev/inbox.json`, { headers });
    expect((await inbox({})).status).toBe(200);
    for (const name of ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'x-real-ip', 'via'])
      expect((await inbox({ [name]: '127.0.0.1' })).status).toBe(404);
  });

  it('a user agent of any kind is kept short and plain', async () => {
    const app = await start({});
    for (const agent of ['a'.repeat(4000), '\u00e9\u00ff<script>'])
      await addressSeen(app, { 'user-agent': agent });
    const agents = (await app.db.getRepository(Session).find()).map((session) => session.agent);
    expect(agents).toEqual(['a'.repeat(200), '??<script>']);
  });
});

describe('the address behind any chain of proxies', () => {
  const PROXIES = ['10.0.0.1', '10.0.0.77', '::ffff:10.0.0.9', '2001:db8:ffff::1'];
  const trusting = serverThatTrusts('10.0.0.0/24,2001:db8:ffff::/48');
  const alone = serverThatTrusts('');
  afterAll(() => Promise.all([trusting.close(), alone.close()]));

  function serverThatTrusts(proxies: string): FastifyInstance {
    const settings = loadSettings({ SECRET_KEY: 'k'.repeat(32), TRUSTED_PROXIES: proxies });
    const server = httpAdapter(settings).getInstance<FastifyInstance>();
    server.get('/', (request, reply) => reply.send(addressOf(request)));
    return server;
  }
  const seen = async (server: FastifyInstance, peer: string, forwarded: string) =>
    (
      await server.inject({
        url: '/',
        remoteAddress: peer,
        headers: { 'x-forwarded-for': forwarded },
      })
    ).body;

  const proxy = fc.constantFrom(...PROXIES);
  const forged = fc.array(
    fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.ipV4(),
      fc.ipV6(),
      proxy,
      fc.constantFrom(
        '',
        ' ',
        'unknown',
        '_hidden',
        '127.0.0.1',
        '[::1]:80',
        '10.0.0.1:80',
        'fe80::1%eth0',
        '0x7f.1',
        '9.9.9',
      ),
    ),
    { maxLength: 40 },
  );
  const client = fc
    .tuple(fc.integer({ min: 11, max: 223 }), fc.nat(255), fc.nat(255))
    .map((parts) => `${parts.join('.')}.9`);
  const dressed = (address: string) =>
    fc.constantFrom(address, `${address}:4711`, `::ffff:${address}`, `[::ffff:${address}]:443`);

  it('is the one that the outermost trusted proxy saw, whatever the client wrote before it', async () => {
    const chain = fc.record({
      peer: proxy,
      inner: fc.array(proxy, { maxLength: 4 }),
      forged,
      client,
    });
    await fc.assert(
      fc.asyncProperty(chain, fc.gen(), async (given, gen) => {
        const hops = [...given.forged, gen(dressed, given.client), ...given.inner];
        expect(await seen(trusting, given.peer, hops.join(', '))).toBe(given.client);
      }),
    );
  });

  it('is the peer itself where the peer is not trusted', async () => {
    await fc.assert(
      fc.asyncProperty(client, fc.array(proxy), forged, async (peer, inner, theirs) => {
        const hops = [...theirs, ...inner].join(', ');
        expect([await seen(trusting, peer, hops), await seen(alone, '10.0.0.1', hops)]).toEqual([
          peer,
          '10.0.0.1',
        ]);
      }),
    );
  });

  it('is an address, even if a trusted proxy passes on nothing but junk', async () => {
    await fc.assert(
      fc.asyncProperty(proxy, forged, async (peer, theirs) => {
        expect(isIP(await seen(trusting, peer, theirs.join(', ')))).toBeGreaterThan(0);
      }),
    );
  });
});

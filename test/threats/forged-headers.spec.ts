import { Session } from '../../src/auth/session.entity.js';
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
      method: 'POST', headers: { 'content-type': 'application/json', ...forwarded },
      body: JSON.stringify({ username, password: PASSWORD }),
    });
    expect(answer.status).toBe(201);
    const { id } = await app.db.getRepository(User).findOneByOrFail({ username });
    return (await app.db.getRepository(Session).findOneByOrFail({ userId: id })).address;
  }

  it('is the peer\'s own where no proxy is trusted', async () => {
    const app = await start({});
    for (const value of FORGED)
      expect(await addressSeen(app, { 'x-forwarded-for': value, 'x-real-ip': value, forwarded: `for=${value}` })).toBe(
        '127.0.0.1',
      );
  });

  it('is the last one that a trusted proxy vouches for, and junk never counts', async () => {
    const app = await start({ TRUSTED_PROXIES: '127.0.0.1,198.51.100.0/24' });
    expect(await addressSeen(app, { 'x-forwarded-for': '203.0.113.7' })).toBe('203.0.113.7');
    expect(await addressSeen(app, { 'x-forwarded-for': '10.9.9.9, 203.0.113.7, 198.51.100.9' })).toBe('203.0.113.7');
    expect(await addressSeen(app, { 'x-forwarded-for': '2001:db8::1' })).toBe('2001:db8::1');
    for (const junk of ['junk', "'; DROP TABLE users; --", '<script>', '999.1.1.1', ''])
      expect(await addressSeen(app, { 'x-forwarded-for': junk })).toBe('127.0.0.1');
  });

  it('the inbox opens for this machine only, not for what a proxy or another name brings', async () => {
    const app = await start({});
    const inbox = (headers: Record<string, string>) => fetch(`${app.url}/dev/inbox.json`, { headers });
    expect((await inbox({})).status).toBe(200);
    for (const name of ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'x-real-ip', 'via'])
      expect((await inbox({ [name]: '127.0.0.1' })).status).toBe(404);
  });

  it('a user agent of any kind is kept short and plain', async () => {
    const app = await start({});
    for (const agent of ['a'.repeat(4000), '\u00e9\u00ff<script>']) await addressSeen(app, { 'user-agent': agent });
    const agents = (await app.db.getRepository(Session).find()).map((session) => session.agent);
    expect(agents).toEqual(['a'.repeat(200), '??<script>']);
  });
});

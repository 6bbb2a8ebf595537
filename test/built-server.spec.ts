import { Installation } from './cli/installation.js';
import { BuiltServer, withBuiltServer } from './support/built-server.js';
import { OPERATION_IDS } from './support/operation-ids.js';
import { CookieJar } from './support/cookie-jar.js';

const STAFF = { username: 'built', password: 'plenty of staff here' };

/**
 * What is built has all that the sources have: files that a module reads from beside itself, and
 * the names of classes.
 */
withBuiltServer('the built server', () => {
  const place = new Installation();
  const cookies = new CookieJar();
  let server: BuiltServer;

  beforeAll(async () => {
    await place.run(
      'create-superuser --no-input --username built --full-name Built --phone-number +14155550100',
      {
        SUPERUSER_PASSWORD: STAFF.password,
      },
    );
    server = await BuiltServer.start({ environment: place.environment });
  });
  afterAll(async () => {
    await server.end();
    place.remove();
  });

  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { cookie: cookies.header(), ...init.headers };
    const answer = await fetch(server.url + path, { redirect: 'manual', ...init, headers });
    cookies.take(answer.headers.getSetCookie());
    return answer;
  };

  it('has its pages and its API', async () => {
    expect((await ask('/health/live')).status).toBe(200);
    expect(await (await ask('/register/')).text()).toContain('name="phone_number"');
  });

  it('names its operations as the sources do', async () => {
    type Paths = Record<string, Record<string, { operationId?: string }>>;
    const { paths } = (await (await ask('/docs-json')).json()) as { paths: Paths };
    const ids = Object.values(paths).flatMap((calls) =>
      Object.values(calls).flatMap(({ operationId }) => operationId ?? []),
    );
    expect(ids.sort()).toEqual([...OPERATION_IDS].sort());
  });

  it('finds the list of common passwords', async () => {
    const body = JSON.stringify({
      username: 'one',
      full_name: 'One',
      password: 'password123',
      phone_number: '+14155550123',
    });
    const headers = { 'content-type': 'application/json' };
    const answer = await ask('/api/v1/registration', { method: 'POST', body, headers });
    expect(await answer.text()).toContain('This password is too common.');
  });

  it("finds the staff panel's own parts", async () => {
    await ask('/login/', { method: 'POST', body: new URLSearchParams(STAFF) });
    expect((await ask('/admin')).status).toBe(200);
    expect(await (await ask('/admin/frontend/assets/components.bundle.js')).text()).toContain(
      'AdminJS',
    );
  });
});

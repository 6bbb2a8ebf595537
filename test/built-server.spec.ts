import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { Installation } from './cli/installation.js';
import { CookieJar } from './support/cookie-jar.js';

const SERVER = 'dist/server/main.js';
const built = existsSync(SERVER) || process.env['CI'] === 'true' ? describe : describe.skip;
const STAFF = { username: 'built', password: 'plenty of staff here' };

/** The files that a module reads from beside itself are the ones a bundle could lose. */
built(`the built server (needs ${SERVER} of \`npm run build\`)`, () => {
  const place = new Installation();
  const cookies = new CookieJar();
  let server: ChildProcess;
  let url: string;

  beforeAll(async () => {
    await place.run('create-superuser --no-input --username built --full-name Built --phone-number +14155550100', {
      SUPERUSER_PASSWORD: STAFF.password,
    });
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const env = { PATH: process.env['PATH'], ...place.environment, PORT: String(port) };
    server = spawn(process.execPath, [SERVER], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((resolve) => {
      server.stdout?.on('data', (part) => String(part).includes('Ringback is at') && resolve());
    });
  });
  afterAll(async () => {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
    place.remove();
  });

  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { cookie: cookies.header(), ...init.headers };
    const answer = await fetch(url + path, { redirect: 'manual', ...init, headers });
    cookies.take(answer.headers.getSetCookie());
    return answer;
  };

  it('has its pages and its API', async () => {
    expect((await ask('/health/live')).status).toBe(200);
    expect(await (await ask('/register/')).text()).toContain('name="phone_number"');
    expect((await ask('/docs-json')).status).toBe(200);
  });

  it('finds the list of common passwords', async () => {
    const body = JSON.stringify({ username: 'one', full_name: 'One', password: 'password123', phone_number: '+14155550123' });
    const headers = { 'content-type': 'application/json' };
    const answer = await ask('/api/v1/registration', { method: 'POST', body, headers });
    expect(await answer.text()).toContain('This password is too common.');
  });

  it("finds the staff panel's own parts", async () => {
    await ask('/login/', { method: 'POST', body: new URLSearchParams(STAFF) });
    expect((await ask('/admin')).status).toBe(200);
    expect(await (await ask('/admin/frontend/assets/components.bundle.js')).text()).toContain('AdminJS');
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

import { randomInt } from 'node:crypto';
import { connect } from 'node:net';
import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { User } from '../../src/users/user.entity.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';
import {
  FORM,
  network,
  of,
  REQUEST_LIMITS,
  statuses,
  times,
  tokenOf,
  visitor,
} from '../support/flood.js';

describe('a flood of requests from one network', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({
      environment: { ABUSE_LIMITS: 'enforce', TRUSTED_PROXIES: '127.0.0.1', REQUEST_LIMITS },
    });
  });
  afterAll(() => app.close());

  it("gets no answer but 429 for a while, in each face's form; all others are served", async () => {
    const address = network();
    const flood = visitor(app, address);
    for (let index = 0; index < 21; index += 1)
      expect((await flood.ask('/nothing')).status).toBe(404);
    const page = await flood.ask('/register/');
    expect([page.status, page.headers.get('content-type')]).toEqual([
      429,
      'text/html; charset=utf-8',
    ]);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(await page.text()).toContain('Too many requests');
    const call = await flood.ask('/api/v1/me');
    expect([call.status, call.headers.get('content-type')]).toEqual([
      429,
      'application/problem+json; charset=utf-8',
    ]);
    const problem = (await call.json()) as { retry_after: number };
    expect(problem).toMatchObject({
      code: 'too_many_requests',
      retry_after: Number(call.headers.get('retry-after')),
    });
    expect(call.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    for (const path of [
      '/',
      '/static/ringback.css',
      '/docs',
      '/docs-json',
      '/health/ready',
      '/dev/inbox',
      '/%61dmin',
      '/api/v1/%73ession',
    ])
      expect([path, (await flood.ask(path)).status]).toEqual([path, 429]);
    expect((await visitor(app, network()).ask('/')).status).toBe(200);
    // Who restarts what does not answer here would end the flood's work for it.
    expect((await flood.ask('/health/live')).status).toBe(200);
  });

  it('is one network over all hosts of an IPv6 /64, and not its neighbour', async () => {
    const prefix = `2001:db8:${randomInt(0xffff).toString(16)}`;
    for (let host = 1; host <= 21; host += 1) await visitor(app, `${prefix}:1:${host}::7`).ask('/');
    expect(
      (await visitor(app, `${prefix.toUpperCase()}:0001:ffff:ffff:ffff:ffff`).ask('/')).status,
    ).toBe(429);
    expect((await visitor(app, `${prefix}:2::1`).ask('/')).status).toBe(200);
  });

  it.each([
    ['/login/', 'username=nobody&password=x', 5],
    ['/%6cogin', 'username=nobody&password=x', 5],
    ['/api/v1/session', '{"username":"nobody","password":"x"}', 5],
    ['/verify/', 'one_time_password=1', 4],
    ['/api/v1/session/confirmation/resend', '{}', 4],
    ['/register/', 'username=x', 3],
    ['/api/v1/registration/', '{}', 3],
    ['/logout/', '', 10],
  ])('50 at once to %s: exactly as many are heard as may be', async (path, body, most) => {
    const flood = visitor(app, network());
    expect(of(429, await statuses(times(50, () => flood.post(path, body))))).toBe(50 - most);
  });

  it('neither hashes nor writes beyond the limit', async () => {
    const flood = visitor(app, network());
    const { username } = await makeAccount(app);
    await statuses(times(50, () => flood.post('/login/', `username=${username}&password=wrong`)));
    await app.audited();
    const { id } = await app.db.getRepository(User).findOneByOrFail({ username });
    expect(
      await app.db.getRepository(AuditEvent).countBy({ name: 'password.wrong', userId: id }),
    ).toBe(5);
    const people = times(10, () => somebody());
    const elsewhere = visitor(app, network());
    await statuses(
      people.map(({ username: name, phoneNumber }) =>
        elsewhere.post(
          '/api/v1/registration',
          JSON.stringify({ username: name, password: PASSWORD, phone_number: phoneNumber }),
        ),
      ),
    );
    expect(people.filter(({ phoneNumber }) => app.sent(phoneNumber) > 0)).toHaveLength(3);
  });

  it('is refused before its body is read, and its connection ends', async () => {
    const address = network();
    await statuses(times(5, () => visitor(app, address).post('/login/', 'username=a&password=b')));
    const heard = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1', () =>
        socket.write(
          `POST /login/ HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${address}\r\nContent-Type: ${FORM}\r\nContent-Length: 900\r\n\r\n`,
        ),
      );
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString())).on('close', () => resolve(text));
    });
    expect(heard).toMatch(/^HTTP\/1\.1 429 [^]*\r\nretry-after: \d+\r\n/i);
  });

  it('hears in RateLimit what is left, where a limit counts', async () => {
    const caller = visitor(app, network());
    const told = async (answer: Promise<Response>) => {
      const { headers, status } = await answer;
      return [
        status,
        headers.get('ratelimit-policy'),
        headers.get('ratelimit')?.replace(/t=(60|5\d)/g, 't=T'),
      ];
    };
    const unsafe = '"any";q=20;w=60, "unsafe";q=10;w=60, "registration";q=3;w=60';
    const register = () => caller.post('/api/v1/registration', '{}');
    expect(await told(register())).toEqual([
      422,
      unsafe,
      '"any";r=19;t=T, "unsafe";r=9;t=T, "registration";r=2;t=T',
    ]);
    await Promise.all([register(), register()]);
    expect(await told(register())).toEqual([
      429,
      unsafe,
      '"any";r=16;t=T, "unsafe";r=6;t=T, "registration";r=0;t=T',
    ]);
    expect(await told(caller.ask('/api/v1/me'))).toEqual([
      401,
      '"any";q=20;w=60',
      '"any";r=15;t=T',
    ]);
    await statuses(times(17, () => caller.ask('/api/v1/me')));
    expect(await told(caller.ask('/api/v1/me'))).toEqual([429, '"any";q=20;w=60', '"any";r=0;t=T']);
    const { status, headers } = await caller.ask('/api/v1/me', {
      headers: { authorization: `Bearer ${await tokenOf(app)}` },
    });
    expect([status, headers.get('ratelimit')]).toEqual([200, null]);
  });

  it('is told once, in the log and the audit', async () => {
    const address = network();
    const flood = visitor(app, address);
    await statuses(times(30, () => flood.post('/login/', 'username=a&password=b')));
    await app.audited();
    const reached = await app.db
      .getRepository(AuditEvent)
      .findBy({ name: 'limit.reached', address });
    expect(reached.map(({ details }) => details['limit']).sort()).toEqual([
      'requests-any',
      'requests-login',
      'requests-unsafe',
    ]);
    expect(
      app.logs.filter((line) => line.includes('"Too many requests"') && line.includes(address)),
    ).toHaveLength(3);
  });
});

describe('with ABUSE_LIMITS=record', () => {
  it('a flood is told, and let through', async () => {
    const app = await startApp({ environment: { TRUSTED_PROXIES: '127.0.0.1', REQUEST_LIMITS } });
    const address = network();
    const flood = visitor(app, address);
    expect(
      of(
        429,
        await statuses(
          times(60, (index) => (index % 2 ? flood.ask('/') : flood.post('/logout/', ''))),
        ),
      ),
    ).toBe(0);
    await app.audited();
    const reached = await app.db
      .getRepository(AuditEvent)
      .findBy({ name: 'limit.reached', address });
    expect(
      reached
        .map(({ details }) => details)
        .sort((a, b) => (`${a['limit']}` < `${b['limit']}` ? -1 : 1)),
    ).toEqual([
      { limit: 'requests-any', held: false },
      { limit: 'requests-unsafe', held: false },
    ]);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toContain('ringback_limits_reached_total{limit="requests-any"} 1\n');
    await app.close();
  });
});

import { randomInt } from 'node:crypto';
import { connect } from 'node:net';
import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

const REQUEST_LIMITS = 'any:20,unsafe:10,login:5,registration:3,confirmation:4';
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

const network = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

function visitor(app: TestApp, address: string, headers: Record<string, string> = {}) {
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${app.url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: {
        'x-forwarded-for': address,
        ...headers,
        ...(init.headers as Record<string, string>),
      },
    });
  const post = (path: string, body: string, type = path.startsWith('/api') ? JSON_TYPE : FORM) =>
    ask(path, { method: 'POST', body, headers: { 'content-type': type } });
  return { ask, post };
}

const statuses = async (answers: readonly Promise<Response>[]) =>
  (await Promise.all(answers)).map(({ status }) => status);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const of = (status: number, all: readonly number[]) => all.filter((one) => one === status).length;

describe('a flood of requests from one network', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({
      environment: { ABUSE_LIMITS: 'enforce', TRUSTED_PROXIES: '127.0.0.1', REQUEST_LIMITS },
    });
  });
  afterAll(() => app.close());

  /** Of somebody who logged in from elsewhere. */
  async function tokenOf(given: Parameters<typeof makeAccount>[1] = {}): Promise<string> {
    const person = Object.assign(new ApiPerson(app.url), { address: network() });
    await person.logIn((await makeAccount(app, given)).username, PASSWORD);
    return person.token() ?? '';
  }

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

  it('leaves the reads of who is in alone: of those one in a hundred counts', async () => {
    const service = visitor(app, network(), { authorization: `Bearer ${await tokenOf()}` });
    expect(of(200, await statuses(times(300, () => service.ask('/api/v1/me'))))).toBe(300);
    for (let index = 0; index < 18; index += 1)
      expect((await service.ask('/nothing')).status).toBe(404);
    expect((await service.ask('/api/v1/me')).status).toBe(200);
    const pretender = visitor(app, network(), { authorization: 'Bearer made-up' });
    for (let index = 0; index < 21; index += 1) await pretender.ask('/api/v1/me');
    expect((await pretender.ask('/api/v1/me')).status).toBe(429);
  });

  it('of junk tokens does not shut out a service that checks good ones, 50 at once', async () => {
    const people = await Promise.all(times(5, () => tokenOf()));
    const pending = await tokenOf({ phoneNumberVerified: false });
    const service = visitor(app, network());
    const check = (token: string, init: RequestInit = {}) =>
      service.ask('/api/v1/session', { ...init, headers: { authorization: `Bearer ${token}` } });
    await statuses(times(40, (index) => check(`made-up-${index}`)));
    const tokens = times(50, (index) => people[index % people.length]!);
    expect(of(200, await statuses(tokens.map((token) => check(token))))).toBe(50);
    const junk = [
      check('made-up'),
      check('A'.repeat(43)),
      service.ask('/'),
      service.post('/login/', 'username=a'),
    ];
    expect(await statuses(junk)).toEqual([429, 429, 429, 429]);
    expect((await check(pending)).status).toBe(200);
    const headers = { 'content-type': JSON_TYPE, authorization: `Bearer ${people[1]}` };
    const name = { method: 'PATCH', body: '{"full_name":"Ada"}', headers };
    expect((await service.ask('/api/v1/me', name)).status).toBe(200);
    expect((await check(people[0] ?? '', { method: 'DELETE' })).status).toBe(204);
    expect((await check(people[0] ?? '')).status).toBe(429);
  });

  it('of one token that is good but still waits for its code is a flood all the same', async () => {
    const flood = visitor(app, network(), {
      authorization: `Bearer ${await tokenOf({ phoneNumberVerified: false })}`,
    });
    for (let index = 0; index < 21; index += 1)
      expect((await flood.ask('/api/v1/session')).status).toBe(200);
    expect((await flood.ask('/api/v1/session')).status).toBe(429);
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
      headers: { authorization: `Bearer ${await tokenOf()}` },
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

describe('a lecture hall behind one address', () => {
  const PEOPLE = 200;
  const get = [
    '/',
    '/static/ringback.css',
    '/static/ringback.js',
    '/static/favicon.svg',
    '/register/',
    '/verify/',
    '/login/',
  ];
  const post = ['/register/', '/register/', '/verify/', '/verify/', '/login/'];

  it('is not refused when all of it registers within one minute, a slip of each with it, and then logs in', async () => {
    const app = await startApp({ environment: { ABUSE_LIMITS: 'enforce', REQUEST_LIMITS: '' } });
    const statusesOf = new Set<number>();
    const headers = { 'content-type': FORM, 'sec-fetch-site': 'same-origin' };
    const ask = async (method: 'GET' | 'POST', url: string) =>
      statusesOf.add(
        (
          await app.app.inject({
            method,
            url,
            headers,
            ...(method === 'POST' && { payload: 'x=1' }),
          })
        ).statusCode,
      );
    for (let person = 0; person < PEOPLE; person += 1) {
      for (const url of get) await ask('GET', url);
      // Empty forms: the requests count, and nothing is hashed for them.
      for (const url of person < PEOPLE / 5 ? post : post.filter((_, at) => at % 2 === 0))
        await ask('POST', url);
    }
    expect([...statusesOf].sort()).toEqual([200, 303, 422]);
    await app.close();
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

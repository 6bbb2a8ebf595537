import { startApp, type TestApp } from '../support/start-app.js';
import {
  FORM,
  JSON_TYPE,
  network,
  of,
  REQUEST_LIMITS,
  statuses,
  times,
  tokenOf,
  visitor,
} from '../support/flood.js';

describe('a flood of requests beside people who are in', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({
      environment: { ABUSE_LIMITS: 'enforce', TRUSTED_PROXIES: '127.0.0.1', REQUEST_LIMITS },
    });
  });
  afterAll(() => app.close());

  it('leaves the reads of who is in alone: of those one in a hundred counts', async () => {
    const service = visitor(app, network(), { authorization: `Bearer ${await tokenOf(app)}` });
    expect(of(200, await statuses(times(300, () => service.ask('/api/v1/me'))))).toBe(300);
    for (let index = 0; index < 18; index += 1)
      expect((await service.ask('/nothing')).status).toBe(404);
    expect((await service.ask('/api/v1/me')).status).toBe(200);
    const pretender = visitor(app, network(), { authorization: 'Bearer made-up' });
    for (let index = 0; index < 21; index += 1) await pretender.ask('/api/v1/me');
    expect((await pretender.ask('/api/v1/me')).status).toBe(429);
  });

  it('of junk tokens does not shut out a service that checks good ones, 50 at once', async () => {
    const people = await Promise.all(times(5, () => tokenOf(app)));
    const pending = await tokenOf(app, { phoneNumberVerified: false });
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
      authorization: `Bearer ${await tokenOf(app, { phoneNumberVerified: false })}`,
    });
    for (let index = 0; index < 21; index += 1)
      expect((await flood.ask('/api/v1/session')).status).toBe(200);
    expect((await flood.ask('/api/v1/session')).status).toBe(429);
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

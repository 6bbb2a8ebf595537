import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';

const APP = 'https://app.example';
const JSON_TYPE = { 'content-type': 'application/json' };

describe('pages of other origins (ALLOWED_ORIGINS)', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({
      environment: {
        ALLOWED_ORIGINS: `${APP},capacitor://localhost`,
        ABUSE_LIMITS: 'enforce',
        TRUSTED_PROXIES: '127.0.0.1',
        REQUEST_LIMITS: 'any:20,unsafe:15,login:15,registration:15,confirmation:15',
      },
    });
  });
  afterAll(() => app.close());

  let networks = 0;
  const from = (origin: string, address = `192.0.2.${(networks += 1)}`) => ({
    ask: (
      method: string,
      path: string,
      { body, headers = {} }: { body?: string; headers?: Record<string, string> } = {},
    ) =>
      fetch(app.url + path, {
        method,
        redirect: 'manual',
        ...(body === undefined ? {} : { body }),
        headers: {
          origin,
          'sec-fetch-site': 'cross-site',
          'x-forwarded-for': address,
          ...JSON_TYPE,
          ...headers,
        },
      }),
  });
  const corsOf = ({ headers }: Response) =>
    [...headers.keys()].filter((name) => name.startsWith('access-control'));

  it.each([APP, 'capacitor://localhost'])(
    '%s registers without a token, and may read the answer',
    async (origin) => {
      const { username, phoneNumber } = somebody();
      const body = JSON.stringify({ username, password: PASSWORD, phone_number: phoneNumber });
      const answer = await from(origin).ask('POST', '/api/v1/registration', { body });
      expect(answer.status).toBe(201);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'access-control-allow-origin': origin,
        vary: 'Origin',
        'access-control-expose-headers': expect.stringMatching(
          /RateLimit, RateLimit-Policy, Retry-After.*X-Request-Id/,
        ) as string,
      });
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    },
  );

  it.each([
    ['GET', '/api/v1/me'],
    ['PATCH', '/api/v1/me'],
    ['POST', '/api/v1/session/confirmation/resend'],
    ['GET', '/docs-json'],
    ['DELETE', '/api/v1/session/'],
  ])('a preflight for %s %s is answered, and kept', async (method, path) => {
    const headers = {
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    };
    const answer = await from(APP).ask('OPTIONS', path, { headers });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(answer.headers.get('access-control-allow-methods')).toContain(method);
    expect(answer.headers.get('access-control-max-age')).toBe('7200');
    expect(answer.headers.get('vary')).toBe('Origin');
    const allowed = answer.headers.get('access-control-allow-headers')?.toLowerCase().split(', ');
    for (const name of ['authorization', 'content-type', 'idempotency-key', 'ringback-device'])
      expect(allowed).toContain(name);
  });

  const TOO_LONG = JSON.stringify({ username: 'x'.repeat(110_000) });
  it.each([
    [400, 'POST', '/api/v1/session', { body: '{' }],
    [401, 'GET', '/api/v1/me', {}],
    [401, 'PATCH', '/api/v1/me', { body: '{}', headers: { authorization: 'Bearer made-up' } }],
    [403, 'PATCH', '/api/v1/me', { body: '{}', headers: { cookie: 'session=x' } }],
    [404, 'GET', '/api/v1/nothing', {}],
    [404, 'GET', '/API/v1/me', {}],
    [405, 'PUT', '/api/v1/session', { body: '{}' }],
    [413, 'POST', '/api/v1/session', { body: TOO_LONG }],
    [400, 'GET', '/api/v1/%zz', {}],
    [415, 'POST', '/api/v1/session', { body: 'a=b', headers: { 'content-type': 'text/plain' } }],
    [
      431,
      'GET',
      '/api/v1/me',
      { headers: Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`x-${at}`, 'y'])) },
    ],
  ] as const)('may read a refusal: %i of %s %s', async (status, method, path, init) => {
    const answer = await from(APP).ask(method, path, init);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
      status,
      APP,
    ]);
    expect(answer.headers.get('vary')).toBe('Origin');
    expect(answer.headers.get('access-control-expose-headers')).toContain('X-Request-Id');
  });

  it('may read that its network has to wait, before and after it is let in to nothing', async () => {
    const { ask } = from(APP, '198.51.100.7');
    const tried = await Promise.all(
      Array.from({ length: 16 }, () => ask('POST', '/api/v1/session', { body: '{}' })),
    );
    const refused = tried.find(({ status }) => status === 429);
    expect(refused?.headers.get('access-control-allow-origin')).toBe(APP);
    for (let index = 0; index < 10; index += 1) await ask('GET', '/api/v1/session');
    const shut = await ask('GET', '/api/v1/session');
    expect([shut.status, shut.headers.get('access-control-allow-origin')]).toEqual([429, APP]);
    const preflight = {
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    };
    expect((await ask('OPTIONS', '/api/v1/me', { headers: preflight })).status).toBe(204);
  });

  it('may read that its body is broken', async () => {
    const heard = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString())).on('close', () => resolve(text));
      const headers = [
        'Host: x',
        `Origin: ${APP}`,
        'Transfer-Encoding: chunked',
        'Content-Type: application/json',
      ];
      socket.write(['POST /api/v1/session HTTP/1.1', ...headers, '', ''].join('\r\n'));
      void pause(50).then(() => socket.write('nonsense\r\n'));
    });
    expect(heard).toMatch(/^HTTP\/1\.1 400 /);
    expect(heard).toContain(`access-control-allow-origin: ${APP}`);
  });

  it.each([
    'https://evil.example',
    `${APP}.evil.example`,
    'https://APP.example',
    `${APP}/`,
    'http://app.example',
    'null',
    `${APP}, ${APP}`,
    '',
  ])('%j is let in to nothing', async (origin) => {
    const { ask } = from(origin);
    const read = await ask('GET', '/api/v1/session');
    expect([corsOf(read), read.headers.get('vary')]).toEqual([[], 'Origin']);
    const preflight = await ask('OPTIONS', '/api/v1/session', {
      headers: { 'access-control-request-method': 'DELETE' },
    });
    expect(corsOf(preflight)).toEqual([]);
    expect(preflight.status).toBe(405);
    expect((await ask('POST', '/api/v1/session', { body: '{}' })).status).toBe(403);
  });

  it('opens neither pages nor anything else, and no cookie counts', async () => {
    const { ask } = from(APP);
    for (const path of [
      '/',
      '/login/',
      '/health/live',
      '/admin',
      '/static/ringback.css',
      '/docs',
      '/apix',
    ])
      expect([path, corsOf(await ask('GET', path))]).toEqual([path, []]);
    const preflight = { headers: { 'access-control-request-method': 'POST' } };
    expect(corsOf(await ask('OPTIONS', '/login/', preflight))).toEqual([]);
    const form = {
      body: 'username=x&password=y',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    };
    expect((await ask('POST', '/login/', form)).status).toBe(403);
  });

  it('is off by default: no header of CORS, whoever asks', async () => {
    const closed = await startApp();
    const answer = await fetch(`${closed.url}/api/v1/session`, { headers: { origin: APP } });
    expect([corsOf(answer), answer.headers.get('vary')]).toEqual([[], null]);
    await closed.close();
  });
});

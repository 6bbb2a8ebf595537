import { connect } from 'node:net';
import { StaffPerson, superuser } from '../admin/staff-person.js';
import { ApiPerson } from '../support/api-person.js';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
const TOO_LONG = 'a'.repeat(110_000);

const KINDS: [string, string, string, number, RequestInit?][] = [
  ['a page', 'GET', '/', 200],
  ['a form', 'GET', '/register/', 200],
  ['a redirect', 'GET', '/dashboard/', 303],
  ['a refused log-in', 'POST', '/login/', 422],
  ['an API answer', 'GET', '/api/v1/session', 401],
  ['no body', 'POST', '/api/v1/session', 400],
  ['an unknown page', 'GET', '/nothing', 404],
  ['an unknown call', 'GET', '/api/v1/nothing', 404],
  ['a wrong method', 'GET', '/verify/resend', 405],
  ['a malformed address', 'GET', '/%', 400],
  ['bytes that are no text', 'GET', '/%ff', 400],
  ['an over-long part', 'GET', `/admin/resources/${'a'.repeat(200)}`, 400],
  ['a static file', 'GET', '/static/ringback.css', 200],
  ['a missing file', 'GET', '/static/nothing.css', 404],
  ['the documentation', 'GET', '/docs', 200],
  ['its script', 'GET', '/docs/ui/docs.js', 200],
  ['its style', 'GET', '/docs/ui/docs.css', 200],
  ['the OpenAPI file', 'GET', '/docs-json', 200],
  ['health', 'GET', '/health/live', 200],
  ['the inbox', 'GET', '/dev/inbox', 200],
  ['its JSON', 'GET', '/dev/inbox.json', 200],
  ['the panel', 'GET', '/admin', 302],
  ['a HEAD', 'HEAD', '/login/', 200],
  ['an OPTIONS', 'OPTIONS', '/login/', 405],
  ['the numbers', 'GET', '/metrics', 200],
  ['a receipt', 'POST', '/delivery/twilio/x', 403],
  ['a picture', 'GET', '/static/favicon.svg', 200],
  [
    "another site's form",
    'POST',
    '/login/',
    403,
    { headers: { ...FORM, origin: 'https://evil.example' } },
  ],
  ['a form too long', 'POST', '/login/', 413, { headers: FORM, body: TOO_LONG }],
  ['a form too wide', 'POST', '/login/', 400, { headers: FORM, body: 'a=b&'.repeat(51) }],
  ['a call too long', 'POST', '/api/v1/session', 413, { headers: JSON_TYPE, body: TOO_LONG }],
  ['no JSON', 'POST', '/api/v1/session', 400, { headers: JSON_TYPE, body: '{' }],
  ['JSON for a page', 'POST', '/login/', 415, { headers: JSON_TYPE, body: '{}' }],
  ['a form for a call', 'POST', '/api/v1/session', 415, { headers: FORM, body: 'a=b' }],
  ['a call of the panel', 'GET', '/admin/api/dashboard', 401],
  ['a file of the panel', 'GET', '/admin/frontend/assets/app.bundle.js', 302],
  [
    'too many headers',
    'GET',
    '/',
    431,
    { headers: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x-${i}`, 'y'])) },
  ],
];

const RAW: [string, string, number][] = [
  ['bytes that are no request', 'nonsense\r\n\r\n', 400],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['headers too long', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  [
    'an expectation',
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: miracles\r\n\r\n',
    200,
  ],
  ['a method there is not', 'FETCH / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
  ['TRACE', 'TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 405],
];

const TYPES =
  /^(text\/(html|css|javascript|plain)(; version=0\.0\.4)?|application\/(problem\+)?json); charset=utf-8$|^image\/svg\+xml$/;

function expectAll(headers: Headers): void {
  const policy = headers.get('content-security-policy');
  expect(policy).toMatch(/default-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()') as string,
    'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/) as string,
  });
  for (const banner of ['server', 'x-powered-by', 'x-aspnet-version', 'via'])
    expect(headers.get(banner)).toBeNull();
}

describe('headers on every kind of answer', () => {
  let plain: TestApp;
  beforeAll(async () => {
    plain = await startApp();
  });
  afterAll(() => plain.close());

  it.each(KINDS)('%s: %s %s', async (...[, method, path, status, init]) => {
    const answer = await fetch(`${plain.url}${path}`, { method, redirect: 'manual', ...init });
    const { headers } = answer;
    expect(answer.status).toBe(status);
    expectAll(headers);
    expect(headers.get('strict-transport-security')).toBeNull();
    const isSame = /^\/(static\/[rf]|docs)/.test(path);
    if (!isSame) expect(headers.get('cache-control')).toContain('no-store');
    const text = await answer.text();
    if (text !== '') expect(headers.get('content-type')).toMatch(TYPES);
    if (status >= 400) expect(text).not.toMatch(/at .*\.(ts|js):\d+|node_modules|fastify|nest/i);
  });

  it.each(RAW)('%s: %j', async (_kind, bytes, status) => {
    const heard = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(plain.url).port), '127.0.0.1', () =>
        socket.write(bytes),
      );
      let text = '';
      socket
        .on('data', (chunk) => (text += chunk.toString()))
        .on('close', () => resolve(text))
        .on('error', reject);
    });
    const [first = '', ...lines] = heard.split('\r\n\r\n', 1).join().split('\r\n');
    expect(first).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expectAll(
      new Headers(lines.map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string])),
    );
    expect(heard).not.toMatch(/miracles|fastify|node/i);
  });

  it("the panel's page, calls, files and refusals", async () => {
    await superuser(plain);
    const root = await StaffPerson.at(plain, 'root');
    const answers = [
      await root.page(),
      await root.read('/dashboard'),
      await root.read('/nothing'),
      await root.page('/admin/frontend/assets/app.bundle.js'),
      await root.send('/resources/users/actions/new', { username: 'a'.repeat(5000) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200, 413]);
    for (const { headers } of answers) {
      expectAll(headers);
      expect(headers.get('cache-control')).toMatch(/no-store|^private, no-cache$/);
    }
    const policies = [answers[0], await root.page()].map(
      (page) => page?.headers.get('content-security-policy') ?? '',
    );
    const nonces = policies.map(
      (policy) => /script-src 'self' 'nonce-([\w-]{22})'/.exec(policy)?.[1],
    );
    expect(new Set(nonces).size).toBe(2);
    expect(answers[0]?.text).toContain(`nonce="${nonces[0]}"`);
  });

  it('every cookie on plain http is out of reach for scripts and other sites', async () => {
    const account = await makeAccount(plain);
    const person = new PagePerson(plain.url);
    const page = await person.post('/login/', { username: account.username, password: PASSWORD });
    expect(page.status).toBe(303);
    const cookies = page.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0]).sort()).toEqual([
      'device',
      'message',
      'session',
    ]);
    for (const cookie of cookies) expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
    const out = await person.post('/logout/', {});
    expect(out.headers.get('clear-site-data')).toBe('"storage"');
    const program = new ApiPerson(plain.url);
    await program.logIn(account.username, PASSWORD);
    const authorization = `Bearer ${program.token()}`;
    const gone = await fetch(`${plain.url}/api/v1/session`, {
      method: 'DELETE',
      headers: { authorization },
    });
    expect([gone.status, gone.headers.get('clear-site-data')]).toEqual([204, '"storage"']);
    expect(out.headers.getSetCookie().find((cookie) => cookie.startsWith('session=;'))).toMatch(
      /Expires=Thu, 01 Jan 1970|Max-Age=0/,
    );
  });

  it('personal pages and calls are kept by nobody, however their address is spelled', async () => {
    const account = await makeAccount(plain);
    const person = new PagePerson(plain.url);
    await person.logIn(account.username, PASSWORD);
    for (const path of [
      '/dashboard/',
      '/password/',
      '/logout/',
      '/',
      '/api/v1/me',
      '/api/v1/session',
      '/%61pi/v1/me',
      '/%64ashboard/',
    ]) {
      const { status, headers } = await person.get(path);
      expect([path, status, headers.get('cache-control')]).toEqual([path, 200, 'no-store']);
    }
  });

  it('a call is answered as a problem, however its address is spelled', async () => {
    const { headers } = await fetch(`${plain.url}/%61pi/v1/me`);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  });
});

describe('headers with https', () => {
  let secure: TestApp;
  beforeAll(async () => {
    secure = await startApp({ environment: { PUBLIC_URL: 'https://127.0.0.1:3000' } });
  });
  afterAll(() => secure.close());

  it('HSTS and a cookie bound to the host with https', async () => {
    const account = await makeAccount(secure);
    const form = new URLSearchParams({ username: account.username, password: PASSWORD });
    const answer = await fetch(`${secure.url}/login/`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    expect(answer.headers.get('strict-transport-security')).toMatch(
      /^max-age=\d{8}; includeSubDomains$/,
    );
    const cookies = answer.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies)
      expect(cookie).toMatch(/^__Host-.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const session = cookies.find((cookie) => cookie.startsWith('__Host-session='));
    expect(session).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(session).not.toMatch(/Domain/);
    expect(cookies.find((cookie) => cookie.startsWith('__Host-device='))).toMatch(
      /; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const bare = await fetch(`${secure.url}/dashboard/`, {
      redirect: 'manual',
      headers: { cookie: `session=${session?.slice(15, 58)}` },
    });
    expect(bare.status).toBe(303);
  });
});

import { PagePerson } from '../support/page-person.js';
import { PASSWORD } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

const KINDS: [string, string, string, number][] = [
  ['a page', 'GET', '/', 200], ['a form', 'GET', '/register/', 200], ['a redirect', 'GET', '/dashboard/', 303],
  ['a refused log-in', 'POST', '/login/', 422],
  ['an API answer', 'GET', '/api/v1/session', 401], ['no body', 'POST', '/api/v1/session', 400],
  ['an unknown page', 'GET', '/nothing', 404],
  ['an unknown call', 'GET', '/api/v1/nothing', 404], ['a wrong method', 'GET', '/verify/resend', 405],
  ['a malformed address', 'GET', '/%', 400],
  ['bytes that are no text', 'GET', '/%ff', 400], ['an over-long part', 'GET', `/admin/resources/${'a'.repeat(200)}`, 400],
  ['a static file', 'GET', '/static/ringback.css', 200],
  ['a missing file', 'GET', '/static/nothing.css', 404], ['the documentation', 'GET', '/docs', 200],
  ['its script', 'GET', '/docs/start.js', 200],
  ['its library', 'GET', '/docs/ui/swagger-ui.css', 200], ['the OpenAPI file', 'GET', '/docs-json', 200],
  ['health', 'GET', '/health/live', 200],
  ['the inbox', 'GET', '/dev/inbox', 200], ['its JSON', 'GET', '/dev/inbox.json', 200], ['the panel', 'GET', '/admin', 302],
  ['a HEAD', 'HEAD', '/login/', 200],
];

describe('headers on every kind of answer', () => {
  let plain: TestApp;
  beforeAll(async () => {
    plain = await startApp();
  });
  afterAll(() => plain.close());

  it.each(KINDS)('%s: %s %s', async (_kind, method, path, status) => {
    const answer = await fetch(`${plain.url}${path}`, { method, redirect: 'manual' });
    const { headers } = answer;
    expect(answer.status).toBe(status);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/);
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    for (const banner of ['server', 'x-powered-by', 'x-aspnet-version', 'strict-transport-security'])
      expect(headers.get(banner)).toBeNull();
    const isSame = /^\/(static\/ringback|docs)/.test(path);
    if (!isSame) expect(headers.get('cache-control')).toContain('no-store');
    const text = await answer.text();
    if (text !== '')
      expect(headers.get('content-type')).toMatch(/^(text\/(html|css|javascript)|application\/(problem\+)?json); charset=utf-8$/);
    if (status >= 400) expect(text).not.toMatch(/at .*\.(ts|js):\d+|node_modules|fastify|nest/i);
  });

  it('every cookie on plain http is out of reach for scripts and other sites', async () => {
    const account = await makeAccount(plain);
    const person = new PagePerson(plain.url);
    const page = await person.post('/login/', { username: account.username, password: PASSWORD });
    expect(page.status).toBe(303);
    const cookies = page.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0]).sort()).toEqual(['device', 'message', 'session']);
    for (const cookie of cookies) expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
    const out = await person.post('/logout/', {});
    expect(out.headers.get('clear-site-data')).toBe('"storage"');
    expect(out.headers.getSetCookie().find((cookie) => cookie.startsWith('session=;'))).toMatch(
      /Expires=Thu, 01 Jan 1970|Max-Age=0/,
    );
  });

  it('personal pages and calls are kept by nobody, however their address is spelled', async () => {
    const account = await makeAccount(plain);
    const person = new PagePerson(plain.url);
    await person.logIn(account.username, PASSWORD);
    for (const path of [
      '/dashboard/', '/password/', '/logout/', '/', '/api/v1/me', '/api/v1/session', '/%61pi/v1/me', '/%64ashboard/',
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
    expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}; includeSubDomains$/);
    const cookies = answer.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/^__Host-.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const session = cookies.find((cookie) => cookie.startsWith('__Host-session='));
    expect(session).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(session).not.toMatch(/Domain/);
    expect(cookies.find((cookie) => cookie.startsWith('__Host-device='))).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const bare = await fetch(`${secure.url}/dashboard/`, {
      redirect: 'manual',
      headers: { cookie: `session=${session?.slice(15, 58)}` },
    });
    expect(bare.status).toBe(303);
  });
});

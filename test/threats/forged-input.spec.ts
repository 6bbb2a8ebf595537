import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

const SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

describe('what people and programs may send', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ environment: { PASSWORD_BUDGETS: 'off' } });
  });
  afterAll(() => app.close());

  const withCookie = (cookie: string, path = '/register/') =>
    fetch(`${app.url}${path}`, { redirect: 'manual', headers: { cookie } });
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const post = (path: string, body: string, type = 'application/json') =>
    fetch(`${app.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': type },
      body,
    });

  it.each([
    'draft=junk',
    'draft=',
    `draft=${'A'.repeat(8000)}`,
    'draft=%',
    'draft=%ff',
    `draft=${base64(null)}`,
    `draft=${base64({ username: {} })}`,
    `draft=${base64({ username: SCRIPT, country_code: SCRIPT, phone_number: SCRIPT, full_name: SCRIPT })}`,
    `draft=${base64({ __proto__: { username: 'x' } })}`,
    'message=junk',
    'message=__proto__',
    'message=constructor',
    `message=${encodeURIComponent(SCRIPT)}`,
    `message=${'A'.repeat(8000)}`,
    'session=',
    'session=%',
    `session=${'A'.repeat(8000)}`,
    "session=' OR 1=1 --",
    'session=__proto__',
    'session=a; session=b',
    '=; ;=;;',
  ])('a cookie tampered with breaks nothing: %s', async (cookie) => {
    const answer = await withCookie(cookie);
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toMatch(/<script>alert|<img src=x/);
    expect((await withCookie(cookie, '/dashboard/')).status).toBe(303);
  });

  it.each([
    '{"__proto__":{"is_staff":true},"username":"a","password":"b"}',
    '{"constructor":{"prototype":{"is_staff":true}}}',
    '{"username":"a","username":"b","password":"c"}',
    '{"username":["a"],"password":"b"}',
    '{"username":{"$ne":null},"password":"b"}',
    '{"username":1,"password":2}',
    '[]',
    'null',
    '"a"',
    '{',
    '{"a":',
    '\u0000',
    '['.repeat(50_000),
    '{"username":"a","password":"b","is_superuser":true}',
    '{"\\u0075sername":"a","username":"b","password":"c"}',
    '{"username":"a","password":null}',
  ])('JSON that is none of ours is refused: %s', async (body) => {
    const answer = await post('/api/v1/session', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'malformed_request' });
  });

  it('neither form nor JSON makes anybody staff', async () => {
    const form = somebody();
    await new PagePerson(app.url).post('/register/', {
      username: form.username,
      phone_number: form.phoneNumber,
      password1: PASSWORD,
      password2: PASSWORD,
      is_staff: 'true',
      is_superuser: '1',
      phone_number_verified: 'on',
      __proto__: 'x',
    });
    expect(
      await app.db.getRepository(User).findOneByOrFail({ username: form.username }),
    ).toMatchObject({
      isStaff: false,
      isSuperuser: false,
      phoneNumberVerified: false,
    });
  });

  it.each([
    'username=a&username=b&password=c',
    'username[]=a&password=b',
    'username=%ff&password=%',
    `username=${'&x=1'.repeat(2000)}`,
    '__proto__=x&constructor=y',
  ])('a form no browser sends is refused without a crash: %s', async (body) => {
    for (const path of ['/login/', '/register/'])
      expect([400, 401, 422]).toContain(
        (await post(path, body, 'application/x-www-form-urlencoded')).status,
      );
  });

  it('more fields, values or nesting than any form of ours has are refused, and it says so', async () => {
    const form = await post(
      '/login/',
      `username=a&password=b${'&x='.repeat(49)}`,
      'application/x-www-form-urlencoded',
    );
    expect([form.status, (await form.text()).includes('too many fields')]).toEqual([400, true]);
    for (const [body, detail] of [
      [`{"username":"a","password":[${'1,'.repeat(1000)}1]}`, 'The body holds too many values.'],
      [
        `{${Array.from({ length: 1001 }, (_, index) => `"a${index}":1`).join()}}`,
        'The body holds too many values.',
      ],
      [`{"username":${'['.repeat(20)}${']'.repeat(20)}}`, 'The body is nested too deeply.'],
    ] as const) {
      const answer = await post('/api/v1/session', body);
      expect([answer.status, await answer.json()]).toMatchObject([
        400,
        { code: 'malformed_request', detail },
      ]);
    }
  });

  it('too much is too much', async () => {
    expect(
      (
        await post(
          '/api/v1/session',
          JSON.stringify({ username: 'a'.repeat(110_000), password: 'b' }),
        )
      ).status,
    ).toBe(413);
    expect(
      (
        await post(
          '/login/',
          `username=${'a'.repeat(110_000)}`,
          'application/x-www-form-urlencoded',
        )
      ).status,
    ).toBe(413);
    expect([401]).toContain(
      (
        await post(
          '/api/v1/session',
          JSON.stringify({ username: 'a'.repeat(50_000), password: 'b'.repeat(40_000) }),
        )
      ).status,
    );
  });

  it.each([
    '/%',
    '/%ff',
    '/%00',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/a%0d%0aset-cookie:x=y',
    `/${'a'.repeat(9000)}`,
    '/\u202e',
    '/..;/admin',
    '/login%00',
    '/api/v1/session%00',
  ])('an address nobody has is refused without a crash: %s', async (path) => {
    const answer = await fetch(`${app.url}${path}`, { redirect: 'manual' });
    expect([400, 404]).toContain(answer.status);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('markup in names and typed values is text on every page', async () => {
    const form = { ...somebody(), fullName: '<b>Zoë</b> & "Co" <script>alert(1)</script>' };
    const browser = new PagePerson(app.url);
    const refused = await browser.post('/register/', {
      username: SCRIPT,
      phone_number: SCRIPT,
      country_code: SCRIPT,
      full_name: SCRIPT,
      password1: SCRIPT,
      password2: 'x',
    });
    expect(refused.status).toBe(422);
    expect(
      (
        await browser.post('/login/?next=' + encodeURIComponent(`/${SCRIPT}`), {
          username: SCRIPT,
          password: 'x',
        })
      ).html,
    ).not.toMatch(/<script>alert|<img src=x/);
    expect(refused.html).not.toMatch(/<script>alert|<img src=x/);
    await browser.register(form);
    await browser.confirm(app.codeFor(form.phoneNumber));
    for (const path of ['/dashboard/', '/', '/logout/', '/password/']) {
      const { html } = await browser.get(path);
      expect(html).not.toMatch(/<script>alert|<b>Zo/);
    }
  });

  it.each([
    'lone \ud800 surrogate',
    'zero\u0000byte',
    'right-to-left \u202e mark',
    'many\nlines',
    '\ufeffmark',
  ])('text that no database likes: %j', async (text) => {
    const { username } = await makeAccount(app);
    const person = new ApiPerson(app.url);
    await person.logIn(username, PASSWORD);
    const answer = await person.call('PATCH', '/me', { full_name: text });
    expect([200, 422]).toContain(answer.status);
    if (answer.status === 200)
      expect((await person.call('GET', '/me')).body['full_name']).toBe(answer.body['full_name']);
    expect([401, 422]).toContain((await new ApiPerson(app.url).logIn(text, text)).status);
    expect((await person.confirm(text)).status).toBe(409);
  });
});

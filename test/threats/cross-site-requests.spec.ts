import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = { 'content-type': 'application/json' };
const UNSAFE: [string, string, string, string][] = [
  ['POST', '/register/', FORM, 'username=x'],
  ['POST', '/login/', FORM, 'username=x&password=y'],
  ['POST', '/logout/', FORM, ''],
  ['POST', '/verify/', FORM, 'one_time_password=1'],
  ['POST', '/verify/resend', FORM, ''],
  ['POST', '/verify/cancel', FORM, ''],
  ['POST', '/password/', FORM, 'old_password=x'],
  ['POST', '/dashboard/', FORM, 'two_factor_auth=off'],
  ['POST', '/api/v1/registration', 'application/json', '{}'],
  ['POST', '/api/v1/session', 'application/json', '{}'],
  ['DELETE', '/api/v1/session', '', ''],
  ['PATCH', '/api/v1/me', 'application/json', '{"full_name":"Mallory"}'],
  ['PUT', '/api/v1/me/two-factor', 'application/json', '{"enabled":false}'],
  ['POST', '/%64ashboard/', FORM, 'two_factor_auth=off'],
];
const FOREIGN: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'nonsense' },
  { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1:3000' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://127.0.0.1:3001' },
  { origin: 'https://127.0.0.1:3000' },
  { origin: 'http://127.0.0.1.evil.example:3000' },
  { origin: 'http://localhost@evil.example:3000' },
  { origin: '' },
];
const OURS: Record<string, string>[] = [
  { 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'none' },
  { origin: 'http://127.0.0.1:3000' },
  { origin: 'http://localhost:3000' },
  { origin: 'http://[::1]:3000' },
  {},
];

describe('requests that another site made', () => {
  let app: TestApp;
  let victim: PagePerson;
  let program: ApiPerson;
  let username: string;
  beforeAll(async () => {
    app = await startApp();
    ({ username } = await makeAccount(app));
    victim = new PagePerson(app.url);
    await victim.logIn(username, PASSWORD);
    program = new ApiPerson(app.url);
    await program.logIn(username, PASSWORD);
  });
  afterAll(() => app.close());

  const ask = (
    [method, path, type, body]: [string, string, string, string],
    headers: Record<string, string>,
  ) =>
    fetch(`${app.url}${path}`, {
      method,
      redirect: 'manual',
      ...(type ? { body } : {}),
      headers: {
        cookie: `session=${victim.token()}`,
        ...(type ? { 'content-type': type } : {}),
        ...headers,
      },
    });

  it.each(UNSAFE)('%s %s is refused, whatever they say of themselves', async (...request) => {
    for (const headers of FOREIGN) {
      const answer = await ask(request, headers);
      expect([headers, answer.status]).toEqual([headers, 403]);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(await victim.where()).toBe('active');
    expect(await app.db.getRepository(User).findOneByOrFail({ username })).toMatchObject({
      fullName: '',
      twoFactorAuth: false,
    });
  });

  it.each(OURS)('let through from the own pages and from programs: %j', async (headers) => {
    expect(
      (await ask(['PATCH', '/api/v1/me', 'application/json', '{"full_name":""}'], headers)).status,
    ).toBe(200);
  });

  it.each([
    ...FOREIGN,
    { origin: 'capacitor://localhost' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { origin: 'chrome-extension://abcdefghijklmnop', 'sec-fetch-site': 'none' },
    { origin: 'https://app.accounts.example', 'sec-fetch-site': 'same-site' },
  ])('a Bearer token comes from anywhere, with a cookie or without: %j', async (headers) => {
    const authorization = `Bearer ${program.token()}`;
    for (const cookie of [{}, { cookie: 'session=x' }] as Record<string, string>[]) {
      const init = {
        method: 'PATCH',
        body: '{"full_name":""}',
        headers: { ...JSON_TYPE, ...headers, ...cookie, authorization },
      };
      expect((await fetch(`${app.url}/api/v1/me`, init)).status).toBe(200);
    }
    const junk = { ...headers, authorization: 'Bearer made-up' };
    expect((await ask(['DELETE', '/api/v1/session', '', ''], junk)).status).toBe(401);
    expect(await victim.where()).toBe('active');
  });

  const NO_BEARER = ['Basic YTpi', 'Bearer', 'bearer  two', '', 'Digest x'];
  it.each(NO_BEARER)(
    'an Authorization that is no Bearer token, %j, lets nobody through',
    async (authorization) => {
      for (const request of UNSAFE)
        expect((await ask(request, { origin: 'https://evil.example', authorization })).status).toBe(
          403,
        );
    },
  );

  it('a Bearer token opens no page, whose credential is the cookie', async () => {
    const headers = { origin: 'https://evil.example', authorization: `Bearer ${program.token()}` };
    for (const request of UNSAFE.filter(([, path]) => !path.startsWith('/api/')))
      expect((await ask(request, headers)).status).toBe(403);
  });

  it('the cookie opens no call that hands out a token', async () => {
    for (const request of [
      ['POST', '/api/v1/session/confirmation'],
      ['POST', '/api/v1/session/confirmation/resend'],
      ['PUT', '/api/v1/me/password'],
    ] as const) {
      expect(
        (
          await ask(
            [...request, 'application/json', '{"code":"1","current_password":"a","password":"b"}'],
            {},
          )
        ).status,
      ).toBe(401);
    }
  });

  it('a bad Bearer token never falls back to the cookie', async () => {
    for (const authorization of [
      'Bearer nonsense',
      'Basic abc',
      'bearer',
      'Bearer',
      `Bearer ${victim.token()} x`,
      '',
    ]) {
      const { status } = await ask(['GET', '/api/v1/me', '', ''], { authorization });
      expect([authorization, status]).toEqual([authorization, 401]);
    }
  });

  it('GET changes nothing: neither log-out, nor log-in by query string, nor the second factor', async () => {
    await victim.get('/logout/');
    await victim.get('/dashboard/?two_factor_auth=on');
    expect(await victim.where()).toBe('active');
    const stranger = new PagePerson(app.url);
    const query = `?username=${username}&password=${encodeURIComponent(PASSWORD)}`;
    await stranger.get(`/login/${query}`);
    expect(await stranger.post(`/login/${query}`, {})).toMatchObject({ status: 422 });
    expect(await stranger.post(`/login/${query}`, { username: 'x', password: 'y' })).toMatchObject({
      status: 401,
    });
    expect(
      (
        await fetch(`${app.url}/api/v1/session${query}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        })
      ).status,
    ).toBe(422);
    expect(await stranger.where()).toBe('stranger');
  });

  it("forms are no JSON and JSON no form: neither face takes the other's", async () => {
    expect((await ask(['PATCH', '/api/v1/me', FORM, 'full_name=x'], {})).status).toBe(415);
    expect((await ask(['PATCH', '/api/v1/me', 'text/plain', '{"full_name":"x"}'], {})).status).toBe(
      415,
    );
    expect(
      (await ask(['POST', '/dashboard/', 'application/json', '{"two_factor_auth":"on"}'], {}))
        .status,
    ).toBe(415);
    expect(
      (await ask(['POST', '/register/', 'multipart/form-data; boundary=x', '--x--'], {})).status,
    ).toBe(415);
  });

  it('no other origin may read an answer', async () => {
    const answer = await fetch(`${app.url}/api/v1/session`, {
      headers: { origin: 'https://evil.example' },
    });
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual(
      [],
    );
    const { status } = await fetch(`${app.url}/api/v1/session`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'DELETE' },
    });
    expect(status).toBeGreaterThanOrEqual(400);
  });

  it('registers nobody for a foreign page', async () => {
    const form = somebody();
    await ask(
      [
        'POST',
        '/register/',
        FORM,
        new URLSearchParams({
          username: form.username,
          phone_number: form.phoneNumber,
          password1: PASSWORD,
          password2: PASSWORD,
        }).toString(),
      ],
      { origin: 'null' },
    );
    expect(await app.db.getRepository(User).countBy({ username: form.username })).toBe(0);
  });
});

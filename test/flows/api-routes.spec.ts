import { PUBLIC_URL } from '../support/start-app.js';
import { StrictApi } from '../support/strict-api.js';
import { throughApi } from '../support/ways.js';

const UNAUTHENTICATED = { status: 401, body: { code: 'unauthenticated' } };
const BY_COOKIE = [
  ['GET', '/session'],
  ['GET', '/me'],
  ['PATCH', '/me'],
  ['PUT', '/me/two-factor'],
  ['DELETE', '/session'],
] as const;
const BY_BEARER_ONLY = [
  ['PUT', '/me/password'],
  ['POST', '/session/confirmation'],
  ['POST', '/session/confirmation/resend'],
] as const;
const BODIES: Record<string, unknown> = {
  '/me/two-factor': { enabled: false },
  '/me/password': { current_password: 'a', password: 'b' },
  '/session/confirmation': { code: '123456' },
};

throughApi('who the API believes', ({ app, member }) => {
  let api: StrictApi;
  beforeAll(async () => {
    api = await StrictApi.at(app().url);
  });
  const call = (method: string, path: string, headers: Record<string, string>, client = api) =>
    client.call(method, path, {
      headers,
      ...(method === 'GET' || method === 'DELETE' ? {} : { json: BODIES[path] ?? {} }),
    });

  it.each([...BY_COOKIE, ...BY_BEARER_ONLY])(
    '%s %s: no token, an unknown one or another scheme',
    async (method, path) => {
      for (const authorization of [
        undefined,
        'Bearer nonsense',
        'Bearer',
        'Bearer ',
        'Basic YTpi',
        'bearer  two',
      ]) {
        const answer = await call(
          method,
          path,
          authorization === undefined ? {} : { authorization },
        );
        expect(answer).toMatchObject(UNAUTHENTICATED);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
    },
  );

  it.each(BY_COOKIE)('%s %s takes the page cookie', async (method, path) => {
    const { person } = await member();
    expect((await call(method, path, { cookie: `session=${person.token()}` })).status).toBeLessThan(
      300,
    );
  });

  it.each(BY_BEARER_ONLY)('%s %s does not take the page cookie', async (method, path) => {
    const { person } = await member();
    expect(await call(method, path, { cookie: `session=${person.token()}` })).toMatchObject(
      UNAUTHENTICATED,
    );
  });

  it.each(BY_COOKIE)(
    '%s %s: a bad Bearer token never falls back to the cookie',
    async (method, path) => {
      const { person } = await member();
      const cookie = `session=${person.token()}`;
      for (const authorization of ['Bearer nonsense', 'Bearer', 'Basic YTpi']) {
        expect(await call(method, path, { cookie, authorization })).toMatchObject(UNAUTHENTICATED);
      }
      expect(await person.where()).toBe('active');
    },
  );

  it('of a cookie and a Bearer token, the Bearer token counts', async () => {
    const [alice, bob] = [await member(), await member()];
    const { body } = await call(
      'GET',
      '/me',
      { cookie: `session=${alice.person.token()}` },
      api.as(bob.person.token()),
    );
    expect(body['username']).toBe(bob.form.username);
  });

  it('a cookie is no previous session for calls that hand out a token', async () => {
    const { person, form } = await member();
    const json = { username: form.username, password: form.password };
    expect(
      (
        await api.call('POST', '/session', {
          json,
          headers: { cookie: `session=${person.token()}` },
        })
      ).status,
    ).toBe(201);
    expect(await person.where()).toBe('active');
  });

  const FOREIGN: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example' },
    {
      origin: 'null',
    },
  ];
  it.each(FOREIGN)('unsafe requests with %o are refused, by cookie or not', async (headers) => {
    const { person } = await member();
    const cookie = `session=${person.token()}`;
    for (const [method, path] of BY_COOKIE.filter(([method]) => method !== 'GET')) {
      expect(await call(method, path, { cookie, ...headers })).toMatchObject({
        status: 403,
        body: { code: 'cross_site_request' },
      });
    }
    expect(await call('POST', '/registration', headers)).toMatchObject({
      status: 403,
      body: { code: 'cross_site_request' },
    });
    expect((await call('GET', '/me', { cookie, ...headers })).status).toBe(200);
  });

  const OWN: Record<string, string>[] = [
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: PUBLIC_URL },
    {
      origin: 'http://localhost:3000',
    },
  ];
  it.each(OWN)('unsafe requests with %o are let through', async (headers) => {
    const { person } = await member();
    expect(
      (await call('PATCH', '/me', { cookie: `session=${person.token()}`, ...headers })).status,
    ).toBe(200);
  });
});

throughApi('addresses and methods of the API', ({ app, member }) => {
  let api: StrictApi;
  beforeAll(async () => {
    api = await StrictApi.at(app().url);
  });
  const allowed = async (method: string, path: string) => {
    const { status, headers, body } = await api.call(method, path);
    return [status, body['code'], headers.get('allow')?.split(', ').sort()];
  };

  it.each([
    ['PUT', '/session', ['DELETE', 'GET', 'HEAD', 'POST']],
    ['DELETE', '/me', ['GET', 'HEAD', 'PATCH']],
    ['GET', '/registration', ['POST']],
    ['GET', '/session/confirmation', ['POST']],
    ['GET', '/session/confirmation/resend', ['POST']],
    ['POST', '/me/two-factor', ['PUT']],
    ['PATCH', '/me/password/', ['PUT']],
  ])('%s %s is 405 with Allow', async (method, path, methods) => {
    expect(await allowed(method, path)).toEqual([405, 'method_not_allowed', methods]);
  });

  it.each(['/nothing', '/session/nothing', '/me/1', '//session', '/Session'])(
    '%s is not found',
    async (path) => {
      expect(await api.call('GET', path)).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      });
    },
  );

  it('a trailing slash makes no difference', async () => {
    const own = api.as((await member()).person.token());
    for (const path of ['/me/', '/session/'])
      expect((await own.call('GET', path)).status).toBe(200);
    expect((await own.call('POST', '/session/confirmation/resend/')).status).toBe(409);
  });

  it('HEAD answers like GET, without the body', async () => {
    const token = (await member()).person.token();
    const head = await fetch(`${app().url}/api/v1/me`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${token}` },
    });
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
      200,
      'application/json; charset=utf-8',
      '',
    ]);
    expect((await fetch(`${app().url}/api/v1/me`, { method: 'HEAD' })).status).toBe(401);
  });

  it('an address that cannot be read is malformed', async () => {
    expect(await api.call('GET', '/%E0%A4%A')).toMatchObject({
      status: 400,
      body: { code: 'malformed_request' },
    });
  });
});

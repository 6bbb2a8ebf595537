import { ROUTES, type Access } from '../attack/routes.js';
import type { User } from '../src/users/user.entity.js';
import { ApiPerson } from './support/api-person.js';
import { PASSWORD } from './support/people.js';
import { startApp, type TestApp } from './support/start-app.js';
import { makeAccount } from './support/ways.js';

/** Routes that a session owing a new password enters beside its own. */
const ALSO_FOR_PASSWORD = ['GET /api/v1/session', 'DELETE /api/v1/session'];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const DUES = /^\/(login|verify|password)\//;

describe('every route is guarded', () => {
  let app: TestApp;
  const tokens: Record<'stranger' | 'pending' | 'password' | 'active', string> = {
    stranger: '',
    pending: '',
    password: '',
    active: '',
  };

  beforeAll(async () => {
    app = await startApp();
    tokens.pending = await tokenOf({ phoneNumberVerified: false, isStaff: true });
    tokens.password = await tokenOf({ changePw: true, isStaff: true });
    tokens.active = await tokenOf({});
  });
  afterAll(() => app.close());

  async function tokenOf(given: Partial<User>) {
    const { username } = await makeAccount(app, given as object);
    const person = new ApiPerson(app.url);
    await person.logIn(username, PASSWORD);
    return person.token() ?? '';
  }

  function ask(method: string, path: string, token: string) {
    const isApi = path.includes('/v1/');
    const hasBody = !['GET', 'HEAD', 'DELETE'].includes(method);
    const type = isApi ? 'application/json' : 'application/x-www-form-urlencoded';
    return fetch(`${app.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(hasBody ? { 'content-type': type } : {}),
        ...(token ? { cookie: `session=${token}`, authorization: `Bearer ${token}` } : {}),
      },
      ...(hasBody ? { body: isApi ? '{}' : 'two_factor_auth=on' } : {}),
    });
  }

  const isRefused = (answer: Response) =>
    [401, 403, 404, 405, 415].includes(answer.status) ||
    ([302, 303].includes(answer.status) && DUES.test(answer.headers.get('location') ?? ''));

  const address = (path: string) =>
    path
      .replace(':resourceId', 'users')
      .replace(':recordId', '1')
      .replace(':action', path.includes('records') ? 'show' : 'list')
      .replace(':query', 'a')
      .replace('*', '/ui/x');

  function spellings(path: string) {
    const first = path.slice(1, 2);
    const encoded = `/%${first.charCodeAt(0).toString(16)}${path.slice(2)}`;
    return [
      path,
      `${path}/`,
      path.toUpperCase(),
      encoded,
      `${path}?next=/`,
      `${path};a`,
      `/.${path}`,
      `/${path}`,
    ];
  }

  async function entered(client: keyof typeof tokens, routes: string[]) {
    const found: string[] = [];
    for (const route of routes) {
      const [method = '', path = ''] = route.split(' ');
      for (const verb of method === 'GET' ? ['GET', 'HEAD'] : [method]) {
        for (const spelling of spellings(address(path)))
          if (!isRefused(await ask(verb, spelling, tokens[client])))
            found.push(`${verb} ${spelling}`);
      }
    }
    return found;
  }
  const closedTo = (...may: Access[]) =>
    Object.keys(ROUTES).filter((route) => !may.includes(ROUTES[route] ?? 'staff'));

  it('the router knows these routes and no others', () => {
    expect(routesOf(app).sort()).toEqual(Object.keys(ROUTES).sort());
  });

  it('a stranger enters only what is public', async () => {
    expect(await entered('stranger', closedTo('public'))).toEqual([]);
  });

  it('a pending session enters only what is public or belongs to its confirmation, staff or not', async () => {
    expect(await entered('pending', closedTo('public', 'pending'))).toEqual([]);
  });

  it('a session that owes a new password enters only what is public and the way out, staff or not', async () => {
    expect(
      await entered(
        'password',
        closedTo('public', 'password').filter((route) => !ALSO_FOR_PASSWORD.includes(route)),
      ),
    ).toEqual([]);
  });

  it("who is in enters everything but the staff's", async () => {
    expect(await entered('active', closedTo('public', 'pending', 'password', 'active'))).toEqual(
      [],
    );
    for (const path of ['/dashboard', '/password', '/api/v1/me'])
      expect((await ask('GET', path, tokens.active)).status).toBe(200);
  });

  it('a method that a route does not know is refused, even to who is in', async () => {
    const paths = [
      ...new Set(Object.keys(ROUTES).map((route) => route.split(' ')[1] ?? '')),
    ].filter((path) => !path.startsWith('/admin'));
    const odd: string[] = [];
    for (const path of paths) {
      for (const method of METHODS.filter(
        (verb) => !(`${verb === 'HEAD' ? 'GET' : verb} ${path}` in ROUTES),
      )) {
        const { status } = await ask(method, address(path), tokens.active);
        if (![404, 405, 415].includes(status)) odd.push(`${method} ${path}: ${status}`);
      }
    }
    expect(odd).toEqual([]);
  });

  it('nothing answers where no route is', async () => {
    for (const path of [
      '/nothing',
      '/static/',
      '/static/../package.json',
      '/static/%2e%2e/page-reply.js',
      '/static/.hidden',
      '/api',
      '/api/v1',
      '/docs/ui/package.json',
      '/adminx',
    ]) {
      expect([path, (await ask('GET', path, '')).status]).toEqual([path, 404]);
    }
  });
});

/** `METHOD /path` of everything Fastify's router serves; HEAD goes with GET. */
function routesOf({ app }: TestApp): string[] {
  const server: { printRoutes: (options: object) => string } = app.getHttpAdapter().getInstance();
  const above: string[] = [];
  return server
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] =
        /^(.*?[└├]── )(.*) \((.*)\)$/.exec(line) ?? [];
      if (methods === '') return [];
      const depth = indent.length / 4 - 1;
      above.length = depth;
      const path = `${above.join('')}${part}`;
      above.push(part);
      return methods
        .split(', ')
        .filter((method) => method !== 'HEAD')
        .map((method) => `${method} ${path}`);
    });
}

import { PASSWORD, somebody } from '../support/people.js';
import { DocumentJudge } from '../support/document-judge.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { ApiPerson } from '../support/api-person.js';
import type { ApiDocument } from '../support/strict-api.js';
import { makeAccount } from '../support/ways.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const ODD: readonly unknown[] = [null, true, 1.5, '', ['a'], { a: 1 }, 'é'.repeat(600), '\u0000'];
const BODIES: readonly [string | undefined, Record<string, string>][] = [
  [undefined, {}],
  [undefined, JSON_TYPE],
  ['', JSON_TYPE],
  ['{', JSON_TYPE],
  ['null', JSON_TYPE],
  ['[]', JSON_TYPE],
  ['1', JSON_TYPE],
  ['"x"', JSON_TYPE],
  ['{}', JSON_TYPE],
  ['{"a":{"b":[1]}}', JSON_TYPE],
  ['{"__proto__":1}', JSON_TYPE],
  ['{"a":1,"a":2}', JSON_TYPE],
  ['['.repeat(50), JSON_TYPE],
  ['{}', { 'content-type': 'text/plain' }],
  ['a=b', {}],
  ['{}', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['\ufeff{}', JSON_TYPE],
  ['\u0000', JSON_TYPE],
];
const HEADERS: readonly Record<string, string>[] = [
  { origin: 'https://evil.example' },
  { 'idempotency-key': ' ' },
  { 'idempotency-key': 'x'.repeat(200) },
  { cookie: 'session=x' },
  { authorization: 'Basic YTpi' },
  { authorization: `Bearer ${'x'.repeat(600)}` },
  { 'ringback-device': 'x'.repeat(600) },
  { 'accept-language': 'xx'.repeat(3000) },
  { 'x-forwarded-for': 'junk' },
  { accept: 'text/html' },
  { traceparent: 'junk', 'x-request-id': 'junk' },
  Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`x-${at}`, 'y'])),
];
/** Words that no sentence of ours has, and libraries' do. */
const NOT_OURS =
  /\b(expected|received|invalid (input|option)|unexpected|token|position|FST_|zod|must NOT|too (big|small)|fastify|instanceof)\b/i;

describe('whatever the API is sent', () => {
  let app: TestApp;
  let document: ApiDocument;
  let judge: DocumentJudge;
  let operations: [string, string][];
  const tokens: Record<string, string> = { stranger: '', junk: 'made-up' };

  beforeAll(async () => {
    app = await startApp();
    document = (await (await fetch(`${app.url}/docs-json`)).json()) as ApiDocument;
    judge = new DocumentJudge(document);
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method): [string, string] => [method.toUpperCase(), path]),
    );
    tokens['active'] = await tokenOf({});
    tokens['owing'] = await tokenOf({ changePw: true });
    tokens['pending'] = await tokenOf({ twoFactorAuth: true });
  });
  afterAll(() => app.close());

  async function tokenOf(given: object) {
    const { username } = await makeAccount(app, given);
    const person = new ApiPerson(app.url);
    await person.logIn(username, PASSWORD);
    return person.token() ?? '';
  }

  const said = new Set<string>();
  async function faultsOf(
    method: string,
    path: string,
    client: string,
    body?: string,
    headers: Record<string, string> = {},
  ) {
    const authorization: Record<string, string> = tokens[client]
      ? { authorization: `Bearer ${tokens[client]}` }
      : {};
    const hasBody = body !== undefined && method !== 'GET';
    const answer = await fetch(app.url + path, {
      method,
      headers: { ...authorization, ...headers },
      ...(hasBody ? { body: Buffer.from(body) } : {}),
    });
    const text = await answer.text();
    const token = /"token":"([\w-]{43})"/.exec(text)?.[1];
    if (token !== undefined && tokens[client]) tokens[client] = token;
    for (const [, sentence = ''] of text.matchAll(/"(?:detail|title)":"((?:[^"\\]|\\.)*)"/g))
      said.add(sentence);
    return judge
      .faults(method, path, answer, text)
      .map((fault) => `${method} ${path} as ${client}: ${fault}`);
  }

  async function all(tries: readonly (() => Promise<string[]>)[]): Promise<string[]> {
    const faults: string[] = [];
    for (let at = 0; at < tries.length; at += 20)
      faults.push(
        ...(await Promise.all(tries.slice(at, at + 20).map((attempt) => attempt()))).flat(),
      );
    return faults;
  }

  const fieldsOf = (method: string, path: string): string[] =>
    Object.keys(
      document.paths[path]?.[method.toLowerCase()]?.requestBody?.content['application/json']?.schema
        .properties ?? {},
    );

  it('the document says what it answers: bodies of every kind, from everybody', async () => {
    const calls = operations.filter(([method]) => method !== 'DELETE');
    const clients = Object.keys(tokens);
    const tries = calls.flatMap(([method, path], call) =>
      BODIES.flatMap(([body, headers], at) =>
        [at, at + call + 1].map(
          (nth) => () => faultsOf(method, path, clients[nth % clients.length]!, body, headers),
        ),
      ),
    );
    expect(await all(tries)).toEqual([]);
  });

  it('and fields of every kind', async () => {
    const right: Record<string, object> = {
      '/api/v1/registration': {
        username: 'fuzz',
        password: PASSWORD,
        phone_number: '+14155550100',
      },
      '/api/v1/session': { username: 'nobody', password: 'x' },
      '/api/v1/session/confirmation': { code: '1' },
      '/api/v1/me/password': { current_password: 'wrong', password: 'x' },
    };
    const tries = operations
      .filter((call) => fieldsOf(...call).length > 0)
      .flatMap(([method, path]) => {
        const client = path.includes('confirmation') ? 'pending' : 'active';
        const names = [...fieldsOf(method, path), 'more'];
        const bodies = names.flatMap((name) =>
          ODD.map((value) => ({ ...right[path], [name]: value })),
        );
        return bodies.map(
          (body) => () => faultsOf(method, path, client, JSON.stringify(body), JSON_TYPE),
        );
      });
    expect(await all(tries)).toEqual([]);
  });

  it('and headers of every kind, and log-outs', async () => {
    const tries = operations.flatMap(([method, path]) =>
      HEADERS.map(
        (headers) => () =>
          faultsOf(method, path, 'authorization' in headers ? 'stranger' : 'junk', '{}', {
            ...JSON_TYPE,
            ...headers,
          }),
      ),
    );
    expect(await all(tries)).toEqual([]);
    const ends = ['stranger', 'junk', 'owing', 'active'].map(
      (client) => () => faultsOf('DELETE', '/api/v1/session', client),
    );
    ends.push(() => faultsOf('DELETE', '/api/v1/session', 'pending', '{', JSON_TYPE));
    expect(await all(ends)).toEqual([]);
  });

  it('no sentence of a library is in its answers', () => {
    expect(said.size).toBeGreaterThan(20);
    expect([...said].filter((sentence) => NOT_OURS.test(sentence))).toEqual([]);
  });

  it('every `type` leads to what it means', async () => {
    const { body } = await new ApiPerson(app.url).call('POST', '/session', {
      username: somebody().username,
      password: 'x',
    });
    const { pathname, origin } = new URL(String(body['type']));
    expect(origin).toBe('http://127.0.0.1:3000');
    const page = await fetch(app.url + pathname);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(await page.text()).toContain(
      'Username or password is wrong, or the account is inactive.',
    );
    expect((await fetch(`${app.url}/problems/nothing`)).status).toBe(404);
    expect((await fetch(`${app.url}/problems/__proto__`)).status).toBe(404);
    expect(await (await fetch(`${app.url}/problems`)).text()).toContain(
      'href="/problems/wrong_code"',
    );
  });

  it.each([
    '/API/v1/me',
    '/Api/V1/session',
    '/api',
    '/api/',
    '/api/v1',
    '/api/v2/me',
    '/api/v1/nothing',
    '//api/v1/me',
    '/%41PI/v1',
    '/api/v1/me/nothing?x=1',
    '/api?x',
  ])('%s is answered as a problem', async (path) => {
    const answer = await fetch(app.url + path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await answer.json()).toMatchObject({ code: 'not_found', status: 404 });
  });

  it.each(['/apix', '/nothing/api', '/static/api'])('%s is no call', async (path) => {
    expect((await fetch(app.url + path)).headers.get('content-type')).not.toContain('problem+json');
  });
});

import { minutes } from '../../src/common/clock.js';
import { ApiPerson } from '../support/api-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';
import { apiFields, type Tokens } from '../support/work/api-fields.js';
import { hostileBody, hostileHeaders, hostileStrings } from '../support/work/hostile.js';
import { asForm, encoded, pageFields } from '../support/work/page-fields.js';
import { excesses, type Field } from '../support/work/work.js';

/** A body may have 100 kB; what stands around the attacked field needs a little. */
const ROOM = 99_000;
/** Node takes 16 kB of headers. */
const HEADER_ROOM = 12_000;

describe('work that grows faster than its input', () => {
  let app: TestApp;
  let tokens: Tokens;
  beforeAll(async () => {
    app = await startApp({
      environment: { PASSWORD_BUDGETS: 'off', TRUSTED_PROXIES: '127.0.0.1' },
    });
    const [pending, active, numberless] = [
      new ApiPerson(app.url),
      new ApiPerson(app.url),
      new ApiPerson(app.url),
    ];
    await pending.register(somebody());
    await active.logIn((await makeAccount(app)).username, PASSWORD);
    await becomeNumberless(numberless);
    tokens = {
      pending: pending.token() ?? '',
      active: active.token() ?? '',
      numberless: numberless.token() ?? '',
    };
  });
  afterAll(() => app.close());

  /** A member whose right code met a number that somebody else had proven meanwhile. */
  async function becomeNumberless(member: ApiPerson): Promise<void> {
    const { username, phoneNumber } = await makeAccount(app, { phoneNumberVerified: false });
    const owner = new ApiPerson(app.url);
    await owner.register({ ...somebody(), phoneNumber });
    await owner.confirm(app.codeFor(phoneNumber));
    app.clock.advance(minutes(1));
    await member.logIn(username, PASSWORD);
    await member.confirm(app.codeFor(phoneNumber));
  }

  // Wrong codes are few; an attacker with many numbers has as many as they like.
  const fresh = async () => {
    await app.db.query('UPDATE challenges SET attempts_left = 5');
    await app.db.query('DELETE FROM budgets');
  };
  const onlyWhereNeeded = (fields: readonly Field[]) =>
    fields.map((field) =>
      /verify|confirmation/.test(field.name) ? { ...field, before: fresh } : field,
    );
  const post = (url: string, payload: string, type = 'application/json') =>
    app.app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload });
  const FORM = 'application/x-www-form-urlencoded';
  const unread = {
    json: (text: string) => post('/api/v1/session', JSON.stringify({ unread: text })),
    form: (text: string) => post('/login/', asForm({ unread: text }), FORM),
  };

  it('is nowhere in the bodies of the API', async () => {
    const fields = onlyWhereNeeded(await apiFields(app, tokens));
    expect(fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'post /api/v1/registration username',
        'post /api/v1/session/confirmation code',
        'patch /api/v1/me full_name',
      ]),
    );
    const bodies = fields.filter(({ name }) => !name.includes('header'));
    const hostile = hostileStrings(ROOM, (text) => Buffer.byteLength(JSON.stringify(text)) - 2);
    expect(await excesses(bodies, hostile, { send: unread.json, as: 'the same bytes' })).toEqual(
      [],
    );
  });

  it('is nowhere in the forms of the pages', async () => {
    const fields = onlyWhereNeeded(await pageFields(app, tokens));
    expect(fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'form /register/ full_name',
        'form /login/ password',
        'form /verify/ one_time_password',
        'form /password/ old_password',
        'form /verify/number/ phone_number',
      ]),
    );
    const hostile = hostileStrings(ROOM, (text) => Buffer.byteLength(encoded(text)));
    expect(await excesses(fields, hostile, { send: unread.form, as: 'the same bytes' })).toEqual(
      [],
    );
  });

  it('is nowhere in headers, cookies and addresses', async () => {
    const get = (url: string, headers: Record<string, string>) => app.app.inject({ url, headers });
    const login = (headers: Record<string, string>) =>
      app.app.inject({
        method: 'POST',
        url: '/api/v1/session',
        headers: { 'content-type': 'application/json', ...headers },
        payload: '{"username":"nobody","password":"wrong"}',
      });
    const everywhere = [
      'user-agent',
      'accept-language',
      'x-forwarded-for',
      'x-forwarded-proto',
      'x-forwarded-host',
      'authorization',
      'cookie',
      'origin',
      'sec-fetch-site',
      'if-none-match',
      'accept',
      'accept-encoding',
      'content-type',
      'ringback-device',
      'referer',
      'idempotency-key',
    ];
    const inAddress = (text: string) => encodeURIComponent(text).slice(0, HEADER_ROOM);
    const inHeaders = everywhere.map((name) => ({
      name,
      send: (text: string) => login({ [name]: text }),
    }));
    const cookies = ['session', 'device', 'draft', 'message'].map((name) => ({
      name: `cookie ${name}`,
      send: (text: string) => get('/register/', { cookie: `${name}=${inAddress(text)}` }),
    }));
    const paths = [
      '/login/?next=/',
      '/login/?',
      '/',
      '/api/v1/',
      '/delivery/',
      '/static/',
      '/delivery/twilio/',
    ];
    const addresses = paths.map((path) => ({
      name: `address ${path}`,
      send: (text: string) => get(`${path}${inAddress(text)}`, {}),
    }));
    const fields = [
      ...inHeaders,
      ...cookies,
      ...addresses,
      {
        name: 'Bearer',
        send: (text: string) => get('/api/v1/me', { authorization: `Bearer ${text}` }),
      },
    ];
    const send = (text: string) => login({ 'x-unread': text });
    expect(
      await excesses(fields, hostileHeaders(HEADER_ROOM), { send, as: 'the same bytes' }),
    ).toEqual([]);
  });

  it('is nowhere in what bodies are made of', async () => {
    const units = [
      '[',
      '{"a":',
      '[1,',
      '"a":1,',
      '{',
      '"',
      '\\',
      '//\n',
      ' ',
      '1',
      '-',
      '"\\u0061',
      ',',
      '{"a":"b"},',
      '}',
      ':',
    ];
    const json = [
      ...units.map((unit) => unit.repeat(ROOM / unit.length)),
      `{"username":{${manyKeys('"k":1', ',')}}}`,
    ];
    const pairs = ['&', 'a=&', '=', '%', '%2', 'a%41', '+'];
    const form = [...pairs.map((unit) => unit.repeat(ROOM / unit.length)), manyKeys('k', '&')];
    const into = (url: string, type: string) => ({
      name: url,
      send: (text: string) => post(url, text, type),
    });
    const plain = 'plain letters';
    const asJson = ['/api/v1/registration', '/api/v1/session'].map((url) =>
      into(url, 'application/json'),
    );
    expect(await excesses(asJson, json.map(hostileBody), { send: unread.json, as: plain })).toEqual(
      [],
    );
    const asForms = ['/register/', '/login/'].map((url) => into(url, FORM));
    expect(
      await excesses(asForms, form.map(hostileBody), { send: unread.form, as: plain }),
    ).toEqual([]);
  });
});

/** As many names as 100 kB hold, each its own. */
const manyKeys = (like: string, between: string): string =>
  Array.from({ length: 9000 }, (_, index) => like.replace('k', `k${index}`)).join(between);

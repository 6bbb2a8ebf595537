import { StrictApi } from '../support/strict-api.js';
import { throughApi } from '../support/ways.js';

const FIELDS = {
  username: 'body',
  password: 'correct horse battery staple',
  phone_number: '+14155550100',
};

throughApi('bodies the API is given', ({ app, member }) => {
  let api: StrictApi;
  let own: StrictApi;
  beforeAll(async () => {
    api = await StrictApi.at(app().url);
    own = api.as((await member()).person.token());
  });
  const pointers = (body: Record<string, unknown>) =>
    (body['errors'] as { pointer: string; code: string }[]).map(({ pointer, code }) => [
      pointer,
      code,
    ]);
  const MALFORMED = { status: 400, body: { code: 'malformed_request' } };

  it.each([
    ['nothing', undefined],
    ['an empty body', ''],
    ['no JSON', '{"username": '],
    ['text', 'hello'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '1'],
    ['a string', '"x"'],
    ['two values', '{}{}'],
    ['a comment', '{/* */}'],
    ['a trailing comma', '{"username":"a",}'],
    ['a byte order mark inside', '{\ufeff}'],
    ['nested too deeply', '['.repeat(5000)],
  ])('%s is malformed', async (_, raw) => {
    expect(await api.call('POST', '/registration', { raw })).toMatchObject(MALFORMED);
  });

  it.each([
    ['/registration', 'POST', { ...FIELDS, is_superuser: true }, 'is_superuser'],
    ['/registration', 'POST', { ...FIELDS, two_factor_auth: true }, 'two_factor_auth'],
    ['/session', 'POST', { username: 'a', password: 'b', next: '/admin' }, 'next'],
    ['/me', 'PATCH', { phone_number: '+14155550100' }, 'phone_number'],
    ['/me', 'PATCH', { full_name: 'a', is_staff: true }, 'is_staff'],
    ['/me/two-factor', 'PUT', { enabled: true, code: '1' }, 'code'],
    [
      '/me/password',
      'PUT',
      { current_password: 'a', password: 'b', change_pw: false },
      'change_pw',
    ],
    ['/session/confirmation', 'POST', { code: '1', purpose: 'login' }, 'purpose'],
    ['/session/confirmation/resend', 'POST', { channel: 'sms', to: '+14155550100' }, 'to'],
  ])('%s refuses the unknown field of %s %o', async (path, method, json, field) => {
    const { status, body } = await own.call(method, path, { json });
    expect([status, body['code'], pointers(body)]).toEqual([
      400,
      'malformed_request',
      [[`/${field}`, 'unknown_field']],
    ]);
  });

  it.each([
    ['a list', ['alice']],
    ['a number', 1],
    ['an object', { a: 1 }],
    ['true', true],
    ['null', null],
  ])('%s in place of a string is malformed, and named', async (_, value) => {
    for (const field of ['username', 'password', 'phone_number', 'full_name']) {
      const { status, body } = await api.call('POST', '/registration', {
        json: { ...FIELDS, [field]: value },
      });
      expect([status, body['code'], pointers(body)]).toEqual([
        400,
        'malformed_request',
        [[`/${field}`, 'invalid']],
      ]);
    }
    expect(
      await api.call('POST', '/session', { json: { username: 'a', password: value } }),
    ).toMatchObject(MALFORMED);
    expect(
      await own.call('POST', '/session/confirmation', { json: { code: value } }),
    ).toMatchObject(MALFORMED);
    expect(await own.call('PATCH', '/me', { json: { full_name: value } })).toMatchObject(MALFORMED);
  });

  it.each(['true', 1, null, [true]])('%o is no truth value', async (enabled) => {
    expect(await own.call('PUT', '/me/two-factor', { json: { enabled } })).toMatchObject(MALFORMED);
  });

  it('a channel that does not exist is malformed', async () => {
    expect(
      await own.call('POST', '/session/confirmation/resend', { json: { channel: 'pigeon' } }),
    ).toMatchObject(MALFORMED);
  });

  it.each([
    ['username', 'POST', '/registration', { ...FIELDS, username: undefined }],
    ['password', 'POST', '/registration', { ...FIELDS, password: '' }],
    ['phone_number', 'POST', '/registration', { ...FIELDS, phone_number: undefined }],
    ['password', 'POST', '/session', { username: 'a' }],
    ['username', 'POST', '/session', { username: '', password: 'b' }],
    ['code', 'POST', '/session/confirmation', {}],
    ['code', 'POST', '/session/confirmation', { code: '' }],
    ['current_password', 'PUT', '/me/password', { password: 'x' }],
    ['password', 'PUT', '/me/password', { current_password: 'x', password: '' }],
    ['enabled', 'PUT', '/me/two-factor', {}],
  ])('a missing or empty %s: 422 required (%s %s %o)', async (field, method, path, json) => {
    const { status, body } = await own.call(method, path, { json });
    expect([status, body['code'], pointers(body)]).toEqual([
      422,
      'validation_failed',
      [[`/${field}`, 'required']],
    ]);
  });

  it.each([
    [
      '__proto__',
      '{"username":"a","password":"b","__proto__":{"is_superuser":true}}',
      'unknown_field',
    ],
    ['constructor', '{"username":"a","password":"b","constructor":{}}', 'unknown_field'],
    ['password', '{"username":"a","password":"b","password":"c"}', 'duplicate_field'],
    ['password', '{"username":"a","password":"b","\\u0070assword":"c"}', 'duplicate_field'],
  ])('%s in %s is named', async (field, raw, code) => {
    const { status, body } = await api.call('POST', '/session', { raw });
    expect([status, body['code'], pointers(body)]).toEqual([
      400,
      'malformed_request',
      [[`/${field}`, code]],
    ]);
  });

  it('a megabyte is too large', async () => {
    const raw = JSON.stringify({ ...FIELDS, full_name: 'x'.repeat(1_000_000) });
    expect(await api.call('POST', '/registration', { raw })).toMatchObject({
      status: 413,
      body: { code: 'payload_too_large' },
    });
  });

  const TYPES = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
    '',
  ];
  it.each(TYPES)('content type %j is not supported', async (type) => {
    expect(
      await api.call('POST', '/session', { raw: '{"username":"a","password":"b"}', type }),
    ).toMatchObject({
      status: 415,
      body: { code: 'unsupported_media_type' },
    });
  });

  it('content type application/json with a charset is fine', async () => {
    const json = { username: 'nobody-of-this-name', password: 'b' };
    expect(
      await api.call('POST', '/session', { json, type: 'application/json; charset=utf-8' }),
    ).toMatchObject({ status: 401 });
  });

  const EMPTY = [
    ['nothing', {}],
    ['an empty body of type JSON', { raw: '' }],
    ['an empty object', { json: {} }],
  ] as const;
  it.each(EMPTY)('resend takes %s', async (_, body) => {
    expect(await own.call('POST', '/session/confirmation/resend', body)).toMatchObject({
      status: 409,
      body: { code: 'no_pending_confirmation' },
    });
  });

  it('PATCH and PUT want a body', async () => {
    expect(await own.call('PATCH', '/me')).toMatchObject(MALFORMED);
    expect(await own.call('PUT', '/me/two-factor')).toMatchObject(MALFORMED);
  });
});

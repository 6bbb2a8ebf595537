import { randomUUID } from 'node:crypto';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { ERROR_TABLE } from '../../src/common/errors/error-table.js';
import { minutes, seconds } from '../../src/common/clock.js';
import { IdempotentCall } from '../../src/idempotency/idempotent-call.entity.js';
import { IdempotentCalls } from '../../src/idempotency/idempotent-calls.service.js';
import { User } from '../../src/users/user.entity.js';
import { onBothDatabases } from '../support/databases.js';
import { bodyOf, keyedCall, type KeyedCall } from '../support/keyed-call.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import type { ApiDocument } from '../support/strict-api.js';
import { makeAccount, wrong } from '../support/ways.js';

onBothDatabases('a call with an Idempotency-Key', (database) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ database });
  });
  afterAll(() => app.close());

  const send = (call: KeyedCall) => keyedCall(app.url, call);
  const pending = async () => {
    const form = somebody();
    const { token } = await send({ path: '/registration', body: bodyOf(form) });
    return { form, token, code: app.codeFor(form.phoneNumber) };
  };
  const sessionsOf = async (username: string) => {
    const { id } = await app.db.getRepository(User).findOneByOrFail({ username });
    return app.db.getRepository(Session).countBy({ userId: id });
  };
  const row = async () =>
    (await app.db.getRepository(IdempotentCall).find({ order: { expiresAt: 'DESC' } }))[0]!;

  it('registers once, and gives the same token again', async () => {
    const form = somebody();
    const call = { path: '/registration', body: bodyOf(form), key: randomUUID() };
    const first = await send(call);
    expect(first.status).toBe(201);
    app.clock.advance(minutes(9));
    expect(await send(call)).toEqual(first);
    expect(app.sent(form.phoneNumber)).toBe(1);
    expect(await sessionsOf(form.username)).toBe(1);
    const code = app.codeFor(form.phoneNumber);
    expect(
      await send({ path: '/session/confirmation', body: { code }, token: first.token }),
    ).toMatchObject({ status: 200 });
  });

  it('logs in once', async () => {
    const { username } = await makeAccount(app);
    const call = { path: '/session', body: { username, password: PASSWORD }, key: randomUUID() };
    const first = await send(call);
    expect(first.status).toBe(201);
    expect(await send(call)).toEqual(first);
    expect(await sessionsOf(username)).toBe(1);
    expect((await send({ ...call, key: randomUUID() })).token).not.toBe(first.token);
    expect(await sessionsOf(username)).toBe(2);
  });

  it('confirms once: the dead token of the first call gets its answer, with the key alone', async () => {
    const { token, code } = await pending();
    const call = { path: '/session/confirmation', body: { code }, token, key: randomUUID() };
    const first = await send(call);
    expect(first.status).toBe(200);
    expect(await send(call)).toEqual(first);
    expect(await send({ ...call, key: randomUUID() })).toMatchObject({
      status: 401,
      code: 'unauthenticated',
    });
  });

  it('spends one try for one wrong code', async () => {
    const { token, code } = await pending();
    const call = {
      path: '/session/confirmation',
      body: { code: wrong(code) },
      token,
      key: randomUUID(),
    };
    const first = await send(call);
    expect(first).toMatchObject({ status: 422, code: 'wrong_code' });
    expect(await send(call)).toEqual(first);
    expect(JSON.parse((await send({ ...call, key: randomUUID() })).text)).toMatchObject({
      attempts_left: 3,
    });
  });

  it.each([[undefined], [{ channel: 'sms' }]])('sends the code again once (%j)', async (body) => {
    const { form, token } = await pending();
    app.clock.advance(seconds(31));
    const call = {
      path: '/session/confirmation/resend',
      token,
      key: randomUUID(),
      ...(body ? { body } : {}),
    };
    const first = await send(call);
    expect(first.status).toBe(202);
    app.clock.advance(seconds(61));
    expect(await send(call)).toEqual(first);
    expect(app.sent(form.phoneNumber)).toBe(2);
  });

  it('with another body is refused, and changes nothing', async () => {
    const [one, other] = [somebody(), somebody()];
    const call = { path: '/registration', body: bodyOf(one), key: randomUUID() };
    const first = await send(call);
    expect(await send({ ...call, body: bodyOf(other) })).toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
    });
    expect(app.sent(other.phoneNumber)).toBe(0);
    expect(await app.db.getRepository(User).countBy({ username: other.username })).toBe(0);
    expect(await send(call)).toEqual(first);
  });

  it('of 50 at once does its work once, and all get its answer', async () => {
    const form = somebody();
    const call = { path: '/registration', body: bodyOf(form), key: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(call)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 201 });
    expect(app.sent(form.phoneNumber)).toBe(1);
  });

  it('whose first call still runs when the last look was taken is told to come again', async () => {
    const calls = app.app.get(IdempotentCalls, { strict: false });
    const call = { route: '/registration', caller: [], key: randomUUID(), body: {} };
    const first = await calls.begin(call);
    await expect(calls.begin(call, 2)).rejects.toMatchObject({
      code: 'idempotency_key_in_use',
      params: { retryAfter: 1 },
    });
    expect(ERROR_TABLE.idempotency_key_in_use.status).toBe(409);
    if (!('run' in first)) throw new Error('It is not the first.');
    const answer = { status: 201, headers: {}, body: '{}' };
    await calls.keep(first.run, answer);
    expect(await calls.begin(call, 1)).toEqual({ answer });
  });

  it('means another key after 10 minutes, and at another call', async () => {
    const { username } = await makeAccount(app);
    const call = { path: '/session', body: { username, password: PASSWORD }, key: randomUUID() };
    const first = await send(call);
    const { token, code } = await pending();
    expect(
      await send({ path: '/session/confirmation', body: { code }, token, key: call.key }),
    ).toMatchObject({ status: 200 });
    app.clock.advance(minutes(10));
    const second = await send(call);
    expect([second.status, second.token === first.token]).toEqual([201, false]);
    expect(await send(call)).toEqual(second);
    app.clock.advance(minutes(11));
    await app.app.get(IdempotentCalls, { strict: false }).deleteExpired();
    expect(await app.db.getRepository(IdempotentCall).count()).toBe(0);
  });

  it('whose process died runs again after 30 seconds, and not before its time another body', async () => {
    const { username } = await makeAccount(app);
    const call = { path: '/session', body: { username, password: PASSWORD }, key: randomUUID() };
    const first = await send(call);
    await app.db
      .getRepository(IdempotentCall)
      .update({ name: (await row()).name }, { answer: null });
    app.clock.advance(seconds(31));
    expect(await send({ ...call, body: { username, password: 'x' } })).toMatchObject({
      code: 'idempotency_key_reused',
    });
    const second = await send(call);
    expect([second.status, second.token === first.token]).toEqual([201, false]);
  });

  it.each([
    ['nothing', ''],
    ['129 characters', 'k'.repeat(129)],
    ['a blank', 'a b'],
    ['a tab', 'a\tb'],
    ['an umlaut', 'k\u00e9y'],
  ])('that is no key (%s) is refused', async (_what, key) => {
    const answer = await send({ path: '/session', body: { username: 'a', password: 'b' }, key });
    expect(answer).toMatchObject({ status: 400, code: 'malformed_request' });
  });

  it('takes 128 characters, and the longest answer', async () => {
    const key = '!~'.repeat(64);
    const call = {
      path: '/session',
      body: { username: 'nobody', password: 'b', [`\u{1f41f}${'x'.repeat(5000)}`]: 1 },
      key,
    };
    const first = await send(call);
    expect(first).toMatchObject({ status: 400 });
    expect(await send(call)).toEqual(first);
  });

  it('leaves nothing secret in its table', async () => {
    const key = randomUUID();
    const { form, token, code } = await pending();
    const answers = [await send({ path: '/session/confirmation', body: { code }, token, key })];
    const body = { username: form.username, password: PASSWORD };
    answers.push(await send({ path: '/session', body, key }));
    const rows = JSON.stringify(await app.db.query('SELECT * FROM idempotent_calls'));
    const tokens = [token, ...answers.map((given) => given.token)];
    const secrets = [key, code, PASSWORD, form.username, form.phoneNumber.slice(1), ...tokens];
    const sealed = [...rows.matchAll(/"answer":"([^"]+)"/g)].map(([, text = '']) =>
      Buffer.from(text, 'base64').toString(),
    );
    expect(sealed.length).toBeGreaterThan(1);
    expect(secrets.filter((secret) => [rows, ...sealed].join('').includes(secret))).toEqual([]);
  });

  it('is documented at these five calls, and answers elsewhere as if it were not there', async () => {
    const { paths } = (await (await fetch(`${app.url}/docs-json`)).json()) as ApiDocument;
    const told = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, call]) =>
        JSON.stringify(call).includes('"Idempotency-Key"') ? [`${method} ${path}`] : [],
      ),
    );
    expect(told.sort()).toEqual([
      'post /api/v1/registration',
      'post /api/v1/session',
      'post /api/v1/session/confirmation',
      'post /api/v1/session/confirmation/resend',
      'put /api/v1/session/phone-number',
    ]);
    const before = await app.db.getRepository(IdempotentCall).count();
    expect(
      (await fetch(`${app.url}/api/v1/session`, { headers: { 'idempotency-key': 'k' } })).status,
    ).toBe(401);
    expect(await app.db.getRepository(IdempotentCall).count()).toBe(before);
  });
});

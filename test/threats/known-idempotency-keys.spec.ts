import { randomUUID } from 'node:crypto';
import { onBothDatabases } from '../support/databases.js';
import { bodyOf, keyedCall, type KeyedCall } from '../support/keyed-call.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

onBothDatabases('an Idempotency-Key that somebody else knows', (database) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ database, environment: { TRUSTED_PROXIES: '127.0.0.1' } });
  });
  afterAll(() => app.close());

  const from = (address: string, call: KeyedCall) =>
    keyedCall(app.url, { ...call, headers: { 'x-forwarded-for': address, ...call.headers } });

  it('gives another network, device or token nothing of the answer', async () => {
    const { username } = await makeAccount(app);
    const call = { path: '/session', body: { username, password: PASSWORD }, key: randomUUID() };
    const { token } = await from('198.51.100.1', call);
    const others = [
      await from('198.51.100.2', call),
      await from('198.51.100.1', { ...call, headers: { 'ringback-device': 'theirs' } }),
      await from('198.51.100.1', { ...call, token: 'theirs' }),
    ];
    for (const other of others) expect([other.status, other.token === token]).toEqual([201, false]);
    expect((await from('198.51.100.1', call)).token).toBe(token);
  });

  it('gives nothing of a confirmation without its very token and code', async () => {
    const form = somebody();
    const { token } = await from('198.51.100.3', { path: '/registration', body: bodyOf(form) });
    const body = { code: app.codeFor(form.phoneNumber) };
    const call = { path: '/session/confirmation', body, key: randomUUID(), token };
    expect(await from('198.51.100.3', call)).toMatchObject({ status: 200 });
    const { token: _mine, ...without } = call;
    expect(await from('198.51.100.3', without)).toMatchObject({ status: 401 });
    expect(await from('198.51.100.3', { ...call, token: `${token}x` })).toMatchObject({
      status: 401,
    });
    const guess = await from('198.51.100.3', { ...call, body: { code: '000000' } });
    expect(guess).toMatchObject({ code: 'idempotency_key_reused', token: '' });
  });

  it('is no way to guess the password it came with: after five others it answers nothing', async () => {
    const { username } = await makeAccount(app);
    const call = { path: '/session', body: { username, password: PASSWORD }, key: randomUUID() };
    expect(await from('198.51.100.4', call)).toMatchObject({ status: 201 });
    for (let guess = 0; guess < 5; guess += 1) {
      const other = { ...call, body: { username, password: `guess ${guess}` } };
      expect(await from('198.51.100.4', other)).toMatchObject({ status: 422 });
    }
    expect(await from('198.51.100.4', call)).toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
    });
  });
});

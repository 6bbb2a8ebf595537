import { randomUUID } from 'node:crypto';
import { seconds } from '../../src/common/clock.js';
import { onBothDatabases, withMariaDb } from '../support/databases.js';
import { bodyOf, keyedCall } from '../support/keyed-call.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { somebody } from '../support/people.js';
import { ScriptedProvider } from '../support/scripted-provider.js';
import { startApp, type TestApp } from '../support/start-app.js';

onBothDatabases('a call with an Idempotency-Key that ended in 5xx or 429', (database) => {
  const provider = new ScriptedProvider();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ database, provider });
  });
  afterAll(() => app.close());

  it('runs again', async () => {
    const { token } = await keyedCall(app.url, { path: '/registration', body: bodyOf(somebody()) });
    const resend = { path: '/session/confirmation/resend', token, key: randomUUID() };
    expect(await keyedCall(app.url, resend)).toMatchObject({ status: 429 });
    app.clock.advance(seconds(31));
    expect(await keyedCall(app.url, resend)).toMatchObject({ status: 202 });
    provider.onCheck = 'not_compared';
    const call = {
      path: '/session/confirmation',
      body: { code: '123456' },
      token,
      key: randomUUID(),
    };
    expect(await keyedCall(app.url, call)).toMatchObject({ status: 503 });
    provider.recover();
    expect(await keyedCall(app.url, call)).toMatchObject({ status: 200 });
  });
});

withMariaDb('a call with an Idempotency-Key at two instances at once', () => {
  let apps: TestApp[];
  beforeAll(async () => {
    const use = await migratedDatabase('MariaDB');
    apps = [await startApp({ use }), await startApp({ use })];
  });
  afterAll(async () => {
    for (const app of apps) await app.close();
    await apps[0]!.database.drop();
  });

  it('does its work once, and all get its answer', async () => {
    const form = somebody();
    const key = randomUUID();
    const calls = Array.from({ length: 20 }, (_, index) =>
      keyedCall(apps[index % 2]!.url, { path: '/registration', body: bodyOf(form), key }),
    );
    const answers = await Promise.all(calls);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 201 });
    expect(apps.reduce((sum, app) => sum + app.sent(form.phoneNumber), 0)).toBe(1);
  });
});

import { onBothDatabases } from '../../test/support/databases.js';
import { startApp, type TestApp } from '../../test/support/start-app.js';
import { PreparedRead } from './prepared-read.js';
import { UnitOfWork } from './unit-of-work.js';

const BY_KEY =
  'SELECT b.`key`, b.count AS counted, b.blocked_until FROM budgets b WHERE b.`key` = ? AND b.count < ?';

onBothDatabases('a read that is prepared once', (database) => {
  let app: TestApp;
  let read: PreparedRead<object>;

  beforeAll(async () => {
    app = await startApp({ database });
    const expiresAt = new Date('2026-01-02T03:04:05.678Z');
    for (const [key, count] of [
      ['a', 1],
      ["it's ü", 2],
    ] as const)
      await app.db.query(
        'INSERT INTO budgets (`key`, count, blocked_until, expires_at) VALUES (?, ?, NULL, ?)',
        [key, count, expiresAt.toISOString().slice(0, 23).replace('T', ' ')],
      );
    read = new PreparedRead(app.app.get(UnitOfWork), BY_KEY);
  });
  afterAll(() => app.close());

  it('gives the first row by the names of the SELECT, and nothing beside them', async () => {
    expect({ ...(await read.first('a', 5)) }).toStrictEqual({
      key: 'a',
      counted: 1,
      blocked_until: null,
    });
    expect(await read.first("it's ü", 5)).toMatchObject({ key: "it's ü", counted: 2 });
  });

  it('gives undefined where no row matches', async () => {
    expect(await read.first('b', 5)).toBeUndefined();
    expect(await read.first('a', 1)).toBeUndefined();
  });

  it('sees what was written after it was prepared', async () => {
    await app.db.query("UPDATE budgets SET count = 4 WHERE `key` = 'a'");
    expect(await read.first('a', 5)).toMatchObject({ counted: 4 });
  });
});

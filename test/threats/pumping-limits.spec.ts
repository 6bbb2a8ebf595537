import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { startApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';
import { decisions, open, register } from '../support/pumping.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';

onBothDatabases('registrations of which no message may go out any more', (database) => {
  let app: WatchedApp;
  beforeAll(async () => {
    app = await startWatched({
      database,
      environment: { ABUSE_LIMITS: 'enforce', SEND_LIMITS: 'registrations-day=0' },
    });
  });
  afterAll(() => app.close());

  it('keep out nobody whom staff gave an account or a number, and still has to prove it', async () => {
    expect((await register(app, '+14155554301')).notice).toBe('too_many_requests');
    const { username, password } = await makeAccount(app, { phoneNumberVerified: false });
    const person = new ApiPerson(app.url);
    expect(await person.logIn(username, password)).not.toHaveProperty('error');
    expect(app.provider.started).toHaveLength(1);
  });
});

onBothDatabases('limits that only record', (database) => {
  let app: WatchedApp;
  beforeAll(async () => {
    const SEND_LIMITS = 'prefix-10-seconds=1;prefix-hour=1;address-hour=1';
    app = await startWatched({ database, environment: { ABUSE_LIMITS: 'record', SEND_LIMITS } });
  });
  afterAll(() => app.close());

  it('let the message go out, and say what they would have refused', async () => {
    for (const last of [1, 2, 3])
      expect((await register(app, `+1415555430${last}`)).notice).toBe(null);
    expect(app.provider.started).toHaveLength(3);
    const rows = await decisions(app);
    expect(rows.map(({ limit, held, count }) => [limit, held, count]).sort()).toEqual([
      ['address-hour', false, 2],
      ['prefix-10-seconds', false, 2],
      ['prefix-hour', false, 2],
    ]);
  });
});

describe('two instances on one database', () => {
  const there = process.env['TEST_MYSQL_URL'] ? it : it.skip;

  there('let through exactly what a limit allows, however many ask at once (MariaDB)', async () => {
    const environment = { ...open, SEND_LIMITS: `${open.SEND_LIMITS};home-country-day=20` };
    const one = await startApp({ database: 'MariaDB', environment });
    const two = await startApp({ use: one.database, environment });
    const asked = Array.from({ length: 50 }, (_, at) =>
      register(at % 2 ? one : two, `+1${3_105_550_000 + at * 10_000 + 4000}`),
    );
    const notices = (await Promise.all(asked)).map(({ notice }) => notice);
    expect(notices.filter((notice) => notice === null)).toHaveLength(20);
    await two.close();
    await one.close();
  });
});

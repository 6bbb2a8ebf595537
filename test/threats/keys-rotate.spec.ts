import { KeyRing } from '../../src/config/keys/key-ring.js';
import { Settings } from '../../src/config/settings.js';
import { SettingsError } from '../../src/config/settings-error.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { KnownKeysService } from '../../src/users/passwords/known-keys.service.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases, type TestDatabase } from '../support/databases.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

const [OLD, NEW] = [
  'the old key of more than 32 characters',
  'the new key of more than 32 characters',
];

onBothDatabases('a new SECRET_KEY', (kind) => {
  let database: TestDatabase;
  let app: TestApp;
  beforeEach(async () => {
    database = await migratedDatabase(kind);
  });
  afterEach(async () => {
    await app.close();
    await database.drop();
  });
  const start = async (SECRET_KEY: string) =>
    (app = await startApp({ use: database, environment: { SECRET_KEY } }));

  it('in front of the old one: old passwords, open codes and sessions go on, and a log-in moves the hash over', async () => {
    const before = await start(OLD);
    const account = await makeAccount(before);
    const form = somebody();
    const newcomer = new ApiPerson(before.url);
    await newcomer.register(form);
    const code = before.codeFor(form.phoneNumber);
    await before.close();

    const after = await start(`${NEW},${OLD}`);
    const hash = async () =>
      (await after.db.getRepository(User).findOneByOrFail({ username: account.username })).password;
    const old = await hash();
    const again = new ApiPerson(after.url, newcomer.token());
    expect(await again.confirm(code)).toMatchObject({ status: 200 });
    expect(await new ApiPerson(after.url).logIn(account.username, PASSWORD)).toMatchObject({
      status: 201,
    });
    expect((await hash()).split('$')[1]).not.toBe(old.split('$')[1]);
    expect(await new ApiPerson(after.url).logIn(account.username, PASSWORD)).toMatchObject({
      status: 201,
    });
  });

  it('in place of the old one: the start is refused while passwords hang on it', async () => {
    await start(OLD);
    const startWith = (...keys: string[]) =>
      new KnownKeysService(
        app.app.get(UnitOfWork, { strict: false }),
        new KeyRing(keys),
        app.app.get(Settings),
      ).onModuleInit();
    await makeAccount(app);
    await expect(startWith(NEW)).rejects.toThrow(SettingsError);
    await expect(startWith(NEW, OLD)).resolves.toBeUndefined();
    await app.db.getRepository(User).clear();
    await expect(startWith(NEW)).resolves.toBeUndefined();
  });
});

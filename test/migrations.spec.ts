import { DataSource } from 'typeorm';
import { entities } from '../src/entities.js';
import { loadSettings } from '../src/load-settings.js';
import { dataSourceOptions } from '../src/database/data-source-options.js';
import { Challenge } from '../src/phone-verification/challenge.entity.js';
import { User } from '../src/users/user.entity.js';
import { usernameKey } from '../src/users/username.js';
import { NamesByLook1795000000010 } from '../src/database/migrations/0010-names-by-look.js';
import { ExpandFreedNumbers1795000000011 } from '../src/database/migrations/0011-freed-numbers.js';
import { runMigrations } from '../src/database/run-migrations.js';
import {
  freshDatabase,
  onBothDatabases,
  withMariaDb,
  type TestDatabase,
} from './support/databases.js';

onBothDatabases('migrations', (kind) => {
  let database: TestDatabase;
  let source: DataSource;

  beforeEach(async () => {
    database = await freshDatabase(kind);
    const settings = loadSettings({
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      SECRET_KEY: 'k'.repeat(32),
    });
    const options = dataSourceOptions(settings.database, entities);
    // MariaDB writes a missing default as the word NULL, which TypeORM understands under this name
    // only.
    source = await new DataSource(
      options.type === 'mysql' ? { ...options, type: 'mariadb' } : options,
    ).initialize();
    await source.runMigrations();
  });
  afterEach(async () => {
    await source.destroy();
    await database.drop();
  });

  const person = (name: string): Partial<User> => ({
    username: name,
    usernameKey: name,
    password: 'x',
    fullName: 'Zoë 🐟',
    fullNameKey: 'zoë 🐟',
    phoneNumber: '+14155550100',
    countryCode: 1,
    permissions: ['users.view'],
    dateJoined: new Date('2026-01-02T03:04:05.678Z'),
    registrationExpiresAt: new Date('9999-12-31T00:00:00.000Z'),
  });
  const drift = async () =>
    (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);

  it('leave nothing for the entities to ask for', async () => {
    expect(await drift()).toEqual([]);
  });

  it('go down to nothing and up again', async () => {
    for (let undone = 0; undone < source.migrations.length; undone += 1)
      await source.undoLastMigration();
    const runner = source.createQueryRunner();
    for (const { tableName } of source.entityMetadatas)
      expect(await runner.hasTable(tableName)).toBe(false);
    await runner.release();
    await source.runMigrations();
    expect(await drift()).toEqual([]);
  });

  it('run once: a second start changes nothing, and the data stays as it was, to the millisecond', async () => {
    const users = source.getRepository(User);
    await users.insert(person('alice'));
    expect(await source.runMigrations()).toEqual([]);
    expect(await users.findOneByOrFail({ username: 'alice' })).toMatchObject(person('alice'));
  });

  it("compare names byte by byte, and let a number be many people's until one has proven it", async () => {
    const users = source.getRepository(User);
    for (const name of ['cafe', 'café', 'straße', 'strasse']) await users.insert(person(name));
    await expect(users.insert(person('cafe'))).rejects.toThrow();
    await users.update({ usernameKey: 'cafe' }, { verifiedPhoneNumber: '+14155550100' });
    await expect(
      users.update({ usernameKey: 'café' }, { verifiedPhoneNumber: '+14155550100' }),
    ).rejects.toThrow();
  });

  it('write the keys of names by their look: each spelling is found, and of two that look the same the first', async () => {
    const users = source.getRepository(User);
    const letters = [
      'ऱ\u094d',
      'ৎ',
      '\u0c5d',
      '\u0cdd',
      'ൔ',
      'ൕ',
      'ൖ',
      'ൺ',
      'ൻ',
      'ർ',
      'ൽ',
      'ൾ',
      'ൿ',
    ];
    const names = [...letters.map((letter) => `a${letter}b${letter}`), 'ന്', 'cafe'];
    for (const name of names) await users.insert({ ...person(name), fullNameKey: 'क्\u200dष' });
    await users.insert(person('ൻ'));
    const runner = source.createQueryRunner();
    await new NamesByLook1795000000010().up(runner);
    await runner.release();
    for (const name of names) {
      const keys = { usernameKey: usernameKey(name), fullNameKey: 'क्ष' };
      expect(await users.findOneByOrFail({ username: name })).toMatchObject(keys);
    }
    expect(await users.findOneByOrFail({ username: 'ൻ' })).toMatchObject({ usernameKey: 'ൻ' });
  });

  it('free the numbers of accounts that were ended before that was so, and of no other', async () => {
    const users = source.getRepository(User);
    const proven = (phoneNumber: string) => ({
      phoneNumber,
      verifiedPhoneNumber: phoneNumber,
      phoneNumberVerified: true,
    });
    await users.insert({ ...person('ended'), ...proven('+14155550101'), isActive: false });
    await users.insert({ ...person('living'), ...proven('+14155550102') });
    const runner = source.createQueryRunner();
    await new ExpandFreedNumbers1795000000011().up(runner);
    await runner.release();
    const ended = {
      phoneNumber: '+14155550101',
      verifiedPhoneNumber: null,
      phoneNumberVerified: false,
    };
    expect(await users.findOneByOrFail({ username: 'ended' })).toMatchObject(ended);
    expect(await users.findOneByOrFail({ username: 'living' })).toMatchObject(
      proven('+14155550102'),
    );
  });

  it('never give an id twice, so that what belonged to a deleted row finds no new owner', async () => {
    const users = source.getRepository(User);
    await users.insert(person('first'));
    const { id } = await users.findOneByOrFail({ username: 'first' });
    await users.delete({ id });
    await users.insert(person('second'));
    expect((await users.findOneByOrFail({ username: 'second' })).id).toBeGreaterThan(id);
    expect(
      source
        .getMetadata(Challenge)
        .columns.some(({ propertyName }) => propertyName === 'sessionId'),
    ).toBe(true);
  });
});

withMariaDb('migrations of several instances that start at once', () => {
  let database: TestDatabase;
  let sources: DataSource[];

  beforeEach(async () => {
    database = await freshDatabase('MariaDB');
    const settings = loadSettings({
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      SECRET_KEY: 'k'.repeat(32),
    });
    const options = dataSourceOptions(settings.database, entities);
    sources = await Promise.all(
      Array.from({ length: 5 }, () => new DataSource(options).initialize()),
    );
  });
  afterEach(async () => {
    await Promise.all(sources.map((source) => source.destroy()));
    await database.drop();
  });

  it('are run by one of them, while the others wait', async () => {
    const done = await Promise.allSettled(
      sources.map(async (source) => (await runMigrations(source)).length),
    );
    const counts = done.map((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value : String(outcome.reason),
    );
    expect(counts.sort()).toEqual([0, 0, 0, 0, sources[0]?.migrations.length]);
  });

  it('that take too long send the others away, with a word that a command can tell', async () => {
    const [slow, other] = sources as [DataSource, DataSource];
    const runner = slow.createQueryRunner();
    await runner.query("SELECT GET_LOCK(CONCAT('ringback:', MD5(DATABASE())), 0)");
    await expect(runMigrations(other, 0)).rejects.toMatchObject({ code: 'busy' });
    await runner.release();
  });
});

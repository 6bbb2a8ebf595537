import { DataSource, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { loadSettings } from '../../src/load-settings.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { migrations } from '../../src/database/migrations/index.js';
import { runMigrations } from '../../src/database/run-migrations.js';
import { ApiPerson } from '../support/api-person.js';
import { freshDatabase, onBothDatabases, type TestDatabase } from '../support/databases.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';

/**
 * What a next release might bring: it only adds, with a default, so that releases without it can
 * write rows.
 */
class ExpandUsersByNickname9999999999998 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn(
      'users',
      new TableColumn({ name: 'nickname', type: 'varchar', length: '20', default: "''" }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('users', 'nickname');
  }
}

class ContractUsersByNickname9999999999999 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('users', 'nickname');
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

onBothDatabases('an upgrade while instances serve', (kind) => {
  let database: TestDatabase;
  let old: TestApp;
  beforeAll(async () => {
    database = await freshDatabase(kind);
    old = await startApp({ use: database });
  });
  afterAll(() => database.drop());

  /** What `migrate` of the next release does. */
  const migrateTo = async (...next: (new () => MigrationInterface)[]) => {
    const SECRET_KEY = 'f6dVnq0s7XbT2mLr9KwzYh4EaJ1uGc3P';
    const settings = loadSettings({ NODE_ENV: 'test', DATABASE_URL: database.url, SECRET_KEY });
    const options = {
      ...dataSourceOptions(settings.database, []),
      migrations: [...migrations, ...next],
    };
    const source = await new DataSource(options).initialize();
    await runMigrations(source);
    await source.destroy();
  };

  it('the old release serves on through it, under load, and starts again beside the new one', async () => {
    const member = somebody();
    const program = new ApiPerson(old.url);
    await program.register(member);
    await program.confirm(old.codeFor(member.phoneNumber));
    let isOver = false;
    const statuses = new Set<number>();
    const load = Array.from({ length: 4 }, async () => {
      do {
        statuses.add((await program.call('GET', '/me')).status);
        statuses.add((await new ApiPerson(old.url).register(somebody())).status);
        statuses.add((await new ApiPerson(old.url).logIn(member.username, PASSWORD)).status);
      } while (!isOver);
    });
    await migrateTo(ExpandUsersByNickname9999999999998);
    isOver = true;
    await Promise.all(load);
    expect([...statuses].sort()).toEqual([200, 201]);
    await old.close();
    old = await startApp({ use: database });
    expect(await new ApiPerson(old.url).logIn(member.username, PASSWORD)).toMatchObject({
      status: 201,
    });
  });

  it('after the last step the old release does not start, and says why', async () => {
    await old.close();
    await migrateTo(ExpandUsersByNickname9999999999998, ContractUsersByNickname9999999999999);
    await expect(startApp({ use: database })).rejects.toThrow(
      'DATABASE_URL: the database is newer than this release, which does not know ContractUsersByNickname9999999999999',
    );
  });
});

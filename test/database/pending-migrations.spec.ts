import { DataSource } from 'typeorm';
import { loadSettings } from '../../src/load-settings.js';
import { SettingsError } from '../../src/config/settings-error.js';
import type { DatabaseSettings } from '../../src/config/settings.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { migrations } from '../../src/database/migrations/index.js';
import {
  migrationState,
  pendingMigrations,
  refuseNewer,
} from '../../src/database/pending-migrations.js';
import { freshDatabase, onBothDatabases, type TestDatabase } from '../support/databases.js';

onBothDatabases('pending migrations', (kind) => {
  let opened: TestDatabase;
  let database: DatabaseSettings;
  beforeEach(async () => {
    opened = await freshDatabase(kind);
    ({ database } = loadSettings({
      NODE_ENV: 'test',
      DATABASE_URL: opened.url,
      SECRET_KEY: 'k'.repeat(32),
    }));
  });
  afterEach(() => opened.drop());

  const within = async <T>(ask: (dataSource: DataSource) => Promise<T>): Promise<T> => {
    const dataSource = await new DataSource(dataSourceOptions(database, [])).initialize();
    try {
      return await ask(dataSource);
    } finally {
      await dataSource.destroy();
    }
  };
  const names = migrations.map(({ name }) => name);

  it('are all of them, in order, of an empty database, which stays empty', async () => {
    expect(await pendingMigrations(database)).toEqual(names);
    expect(
      await within((dataSource) => dataSource.createQueryRunner().hasTable('migrations')),
    ).toBe(false);
  });

  it('are those that have not run', async () => {
    await within(async (dataSource) => {
      await dataSource.runMigrations();
      await dataSource.undoLastMigration();
    });
    expect(await pendingMigrations(database)).toEqual(names.slice(-1));
  });

  it('are none of a database that is up to date, or ahead', async () => {
    await within((dataSource) => dataSource.runMigrations());
    expect(await pendingMigrations(database)).toEqual([]);
    await within((dataSource) =>
      dataSource.query("INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Later')"),
    );
    expect(await pendingMigrations(database)).toEqual([]);
  });

  it('a database that a newer release changed is refused, unless that only added to it', async () => {
    const see = (name: string) =>
      `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, '${name}')`;
    await within((dataSource) => dataSource.runMigrations());
    await within((dataSource) => dataSource.query(see('ExpandUsersByEmail9999999999999')));
    await within((dataSource) => refuseNewer(dataSource));
    await within((dataSource) => dataSource.query(see('ContractUsers9999999999999')));
    const refusal = within((dataSource) => refuseNewer(dataSource));
    await expect(refusal).rejects.toThrow(
      'newer than this release, which does not know ContractUsers9999999999999',
    );
    await expect(refusal).rejects.toBeInstanceOf(SettingsError);
    expect((await migrationState(database)).later).toEqual(['ContractUsers9999999999999']);
  });
});

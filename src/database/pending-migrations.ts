import type { DataSource } from 'typeorm';
import { SettingsError } from '../config/settings-error.js';
import type { DatabaseSettings } from '../config/settings.js';
import { dataSourceOptions } from './data-source-options.js';
import { dataSourceOf } from './embedded/embedded-data-source.js';
import { openDataSource } from './open-data-source.js';

/**
 * What a migration's name begins with that only adds: a release that does not know it goes on
 * serving beside the newer one, and may start again, while instances are replaced one after the
 * other.
 */
const EXPANDS = /^Expand/;

/** How a database stands to this release. */
export interface MigrationState {
  /** Migrations it has not seen, in order. */
  pending: string[];
  /** Migrations it has seen that this release does not know, and cannot live with. */
  later: string[];
}

/** The state of a database that the settings name; changes nothing. Throws like openDataSource. */
export async function migrationState(database: DatabaseSettings): Promise<MigrationState> {
  const dataSource = await openDataSource(dataSourceOf(dataSourceOptions(database, [])));
  try {
    return await stateOf(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/**
 * The names of migrations that this database has not seen, in order; changes nothing. Throws like
 * openDataSource.
 */
export const pendingMigrations = async (database: DatabaseSettings): Promise<string[]> =>
  (await migrationState(database)).pending;

/**
 * Throws SettingsError for a database that a newer release has changed in a way this one does not
 * know.
 */
export async function refuseNewer(dataSource: DataSource): Promise<void> {
  const { later } = await stateOf(dataSource);
  if (later.length > 0) throw new SettingsError([newerSentence(later)]);
}

/** For people: which migrations are unknown here, and the two ways on. */
export const newerSentence = (later: readonly string[]): string =>
  `DATABASE_URL: the database is newer than this release, which does not know ${later.join(', ')}. ` +
  'Start the newer release, or restore the backup from before it (docs/operations.md, Upgrades)';

async function stateOf(dataSource: DataSource): Promise<MigrationState> {
  const runner = dataSource.createQueryRunner();
  try {
    const isThere = await runner.hasTable('migrations');
    const rows = isThere
      ? ((await runner.query('SELECT name FROM migrations')) as { name: string }[])
      : [];
    const seen = rows.map(({ name }) => name);
    const known = dataSource.migrations.map(({ name = '' }) => name);
    return {
      pending: known.filter((name) => !seen.includes(name)),
      later: seen.filter((name) => !known.includes(name) && !EXPANDS.test(name)),
    };
  } finally {
    await runner.release();
  }
}

import { DataSource } from 'typeorm';
import type { DatabaseSettings } from '../config/settings.js';
import { dataSourceOptions } from './data-source-options.js';
import { openDataSource } from './open-data-source.js';

/**
 * The names of migrations that this database has not seen, in order; changes nothing. Throws like
 * openDataSource.
 */
export async function pendingMigrations(database: DatabaseSettings): Promise<string[]> {
  const dataSource = await openDataSource(new DataSource(dataSourceOptions(database, [])));
  try {
    const runner = dataSource.createQueryRunner();
    const isThere = await runner.hasTable('migrations');
    const rows = isThere ? ((await runner.query('SELECT name FROM migrations')) as { name: string }[]) : [];
    await runner.release();
    const seen = new Set(rows.map(({ name }) => name));
    return dataSource.migrations.map(({ name = '' }) => name).filter((name) => !seen.has(name));
  } finally {
    await dataSource.destroy();
  }
}

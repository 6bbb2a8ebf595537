import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../database/data-source-options.js';
import { openDataSource } from '../database/open-data-source.js';
import { runMigrations } from '../database/run-migrations.js';
import type { Surroundings } from './command.js';

/** Brings the tables up to date; without the services, which need them. */
export async function migrate({ io, settings, entities }: Surroundings): Promise<void> {
  const dataSource = await openDataSource(new DataSource(dataSourceOptions(settings.database, entities)));
  try {
    const migrations = await runMigrations(dataSource);
    for (const { name } of migrations) io.output.write(`Migrated: ${name}\n`);
    if (migrations.length === 0) io.output.write('Nothing to migrate.\n');
  } finally {
    await dataSource.destroy();
  }
}

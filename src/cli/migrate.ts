import { SettingsError } from '../config/settings-error.js';
import { dataSourceOptions } from '../database/data-source-options.js';
import { dataSourceOf } from '../database/embedded/embedded-data-source.js';
import { openDataSource } from '../database/open-data-source.js';
import { migrationState, newerSentence, refuseNewer } from '../database/pending-migrations.js';
import { runMigrations } from '../database/run-migrations.js';
import type { Surroundings } from './command.js';

export interface MigrateFlags {
  plan?: boolean;
}

/**
 * Brings the tables up to date, or tells what that would take; without the services, which need
 * them.
 */
export async function migrate(
  surroundings: Surroundings,
  { plan = false }: MigrateFlags = {},
): Promise<void> {
  const { io, settings, entities } = surroundings;
  if (plan) return tellPlan(surroundings);
  const dataSource = await openDataSource(
    dataSourceOf(dataSourceOptions(settings.database, entities)),
  );
  try {
    await refuseNewer(dataSource);
    const migrations = await runMigrations(dataSource);
    for (const { name } of migrations) io.output.write(`Migrated: ${name}\n`);
    if (migrations.length === 0) io.output.write('Nothing to migrate.\n');
  } finally {
    await dataSource.destroy();
  }
}

async function tellPlan({ io, settings }: Surroundings): Promise<void> {
  const { pending, later } = await migrationState(settings.database);
  if (later.length > 0) throw new SettingsError([newerSentence(later)]);
  for (const name of pending) io.output.write(`Would migrate: ${name}\n`);
  if (pending.length === 0) io.output.write('Nothing to migrate.\n');
}

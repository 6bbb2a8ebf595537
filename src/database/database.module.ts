import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule, getDataSourceToken } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Settings } from '../config/settings.js';
import { bindNumbers } from './embedded/bound-numbers.js';
import { dataSourceOptions, type EntityClass } from './data-source-options.js';
import { dataSourceOf } from './embedded/embedded-data-source.js';
import { openDataSource } from './open-data-source.js';
import { refuseNewer } from './pending-migrations.js';
import { runMigrations } from './run-migrations.js';
import { UnitOfWork } from './unit-of-work.js';

/** The data source and the one way to write. */
@Module({
  providers: [
    {
      provide: UnitOfWork,
      useFactory: (dataSource: DataSource) => new UnitOfWork(dataSource),
      inject: [getDataSourceToken()],
    },
  ],
  exports: [UnitOfWork],
})
export class DatabaseModule {}

/**
 * Opens the database, once, for the whole application; migrates it first where the settings say so.
 * An embedded one is served by one process: `isServer` refuses to be the second.
 */
export function openDatabase(
  entities: EntityClass[],
  { isServer }: { isServer: boolean },
): DynamicModule {
  return TypeOrmModule.forRootAsync({
    inject: [Settings],
    useFactory: (settings: Settings) => ({
      ...dataSourceOptions(settings.database, entities),
      isServer,
      migrationsRun: settings.migrateAtStart,
      // Once, and without a word: whoever started this program tells what was thrown.
      toRetry: () => false,
    }),
    dataSourceFactory: (options) => open(options as DataSourceOptions),
  });
}

async function open({ migrationsRun, ...options }: DataSourceOptions): Promise<DataSource> {
  const dataSource = await openDataSource(bindNumbers(dataSourceOf(options)));
  try {
    await refuseNewer(dataSource);
    if (migrationsRun) await runMigrations(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}

import { DataSource } from 'typeorm';
import { entities } from './src/entities.js';
import { loadSettings } from './src/load-settings.js';
import { dataSourceOptions } from './src/database/data-source-options.js';

/**
 * The data source for TypeORM's own command line; the product builds the same one from the same
 * options.
 */
export default new DataSource(dataSourceOptions(loadSettings().database, entities));

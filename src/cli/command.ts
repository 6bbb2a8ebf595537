import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Settings } from '../config/settings.js';
import type { EntityClass } from '../database/data-source-options.js';
import { CliLogger } from './cli.logger.js';
import { CliModule } from './cli.module.js';
import type { Io } from './io.js';

/** What every command is given. */
export interface Surroundings {
  io: Io;
  settings: Settings;
  entities: EntityClass[];
}

/** Runs `work` with the product's services; closing them flushes the audit log. */
export async function withServices(
  { io, settings, entities }: Surroundings,
  work: (services: INestApplicationContext) => Promise<void>,
): Promise<void> {
  const logger = new CliLogger(io.error);
  const services = await NestFactory.createApplicationContext(CliModule.with(settings, entities), {
    logger,
    abortOnError: false,
  });
  logger.isStarted = true;
  try {
    await work(services);
  } finally {
    await services.close();
  }
}

import type { DataSource, Migration } from 'typeorm';
import { AppError } from '../common/errors/app-error.js';

/** Seconds that one process waits for another to bring the tables up to date. */
const LONGEST_WAIT_SECONDS = 60;

/**
 * Brings the tables up to date and gives what it did. Of several processes that start at once one
 * does it and the others wait: MySQL ends a transaction with every change of a table, so half a
 * migration could be seen. The embedded database has one process. Throws `busy` when another one
 * has not ended after `patience` seconds.
 */
export async function runMigrations(
  dataSource: DataSource,
  patience = LONGEST_WAIT_SECONDS,
): Promise<Migration[]> {
  const run = () => dataSource.runMigrations({ transaction: 'each' });
  return dataSource.options.type === 'mysql' ? alone(dataSource, run, patience) : run();
}

async function alone<T>(
  dataSource: DataSource,
  work: () => Promise<T>,
  patience: number,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    // Locks have the server to themselves, whatever database they are taken in.
    const [row] = (await runner.query(`SELECT GET_LOCK(${LOCK}, ${patience}) AS held`)) as {
      held: number | string | null;
    }[];
    if (Number(row?.held) !== 1) throw new AppError('busy');
    return await work();
  } finally {
    // It ends with its connection too, should this fail.
    await runner.query(`DO RELEASE_LOCK(${LOCK})`).catch(() => undefined);
    await runner.release();
  }
}

/** Names of locks are 64 characters at most, those of databases as well. */
const LOCK = "CONCAT('ringback:', MD5(DATABASE()))";

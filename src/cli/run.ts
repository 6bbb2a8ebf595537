import { readSettings } from '../config/read-settings.js';
import { ACCOUNTS } from '../phone-verification/providers/providers.js';
import type { EntityClass } from '../database/data-source-options.js';
import type { Io } from './io.js';
import { programFor } from './program.js';
import { endingOf } from './sentence-of.js';

/**
 * Runs one command (`argv` without node and script) and returns the exit status: 0 done, 1 refused,
 * 2 usage, 78 settings.
 */
export async function run(
  argv: readonly string[],
  io: Io,
  entities: EntityClass[],
): Promise<number> {
  try {
    await programFor(io, () => ({
      io,
      entities,
      settings: readSettings(ACCOUNTS, io.environment),
    })).parseAsync([...argv], {
      from: 'user',
    });
    return 0;
  } catch (error) {
    const { status, lines } = endingOf(error);
    for (const line of lines) io.error.write(`${line}\n`);
    return status;
  }
}

import { PassThrough } from 'node:stream';
import { entities } from '../../src/entities.js';
import type { Result } from '../../attack/campaign.js';
import { run } from '../../src/cli/run.js';
import { SECRET_KEY, type TestApp } from '../support/start-app.js';
import type { Ran } from './installation.js';

interface Report {
  requests: number;
  attacks: Result[];
  made: string[];
  staying: string[];
}

/** Milliseconds for all attacks, on a machine that has much else to do. */
export const A_WHOLE_RUN = 90_000;

/** Request limits count by the real clock: a run would wait minutes for them. */
export const NO_REQUEST_LIMITS = {
  REQUEST_LIMITS: 'any:100000,unsafe:100000,login:100000,registration:100000,confirmation:100000',
};

/**
 * The settings of a target that `attack` runs beside: it needs its database for what no request can
 * do.
 */
export const beside = ({ database }: TestApp): Record<string, string> => ({
  DATABASE_URL: database.url,
  SECRET_KEY,
});

/**
 * Runs `attack` with these flags, on settings that say what the target's own say; without its
 * database unless they name it.
 */
export async function runAttack(
  flags: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ran> {
  const ran = { output: '', error: '' };
  const input = new PassThrough();
  const io = {
    input,
    output: { write: (text: string) => (ran.output += text) },
    error: { write: (text: string) => (ran.error += text) },
    environment: {
      NODE_ENV: 'test',
      BCRYPT_COST: '4',
      SECRET_KEY: 'k'.repeat(32),
      DATABASE_URL: 'sqlite:/nowhere/none.sqlite',
      ...environment,
    },
  };
  const status = await run(['attack', ...flags], io, entities);
  input.destroy();
  return { status, ...ran };
}

/** Its results as `--json` tells them. */
export async function attacked(
  url: string,
  only: readonly string[] = [],
  environment: Record<string, string> = {},
): Promise<Ran & { report: Report }> {
  const names = only.length > 0 ? ['--only', ...only] : [];
  const ran = await runAttack(['--self', '--json', '--target', url, ...names], environment);
  const none: Report = { requests: 0, attacks: [], made: [], staying: [] };
  return { ...ran, report: ran.output === '' ? none : (JSON.parse(ran.output) as Report) };
}

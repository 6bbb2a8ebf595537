import { PassThrough } from 'node:stream';
import type { Result } from '../../src/cli/attack/campaign.js';
import { run } from '../../src/cli/run.js';
import type { Ran } from './installation.js';

interface Report {
  requests: number;
  attacks: Result[];
  made: string[];
  staying: string[];
}

/** Request limits count by the real clock: a run would wait minutes for them. */
export const NO_REQUEST_LIMITS = {
  REQUEST_LIMITS: 'any:100000,unsafe:100000,login:100000,registration:100000,confirmation:100000',
};

/** Runs `attack` with these flags, on settings that say what the target's own say. It opens no database. */
export async function runAttack(flags: readonly string[], environment: Record<string, string> = {}): Promise<Ran> {
  const ran = { output: '', error: '' };
  const input = new PassThrough();
  const io = {
    input,
    output: { write: (text: string) => (ran.output += text) },
    error: { write: (text: string) => (ran.error += text) },
    environment: { NODE_ENV: 'test', BCRYPT_COST: '4', SECRET_KEY: 'k'.repeat(32), ...environment },
  };
  const status = await run(['attack', ...flags], io, []);
  input.destroy();
  return { status, ...ran };
}

/** Its results as `--json` tells them. */
export async function attacked(
  url: string, only: readonly string[] = [], environment: Record<string, string> = {},
): Promise<Ran & { report: Report }> {
  const names = only.length > 0 ? ['--only', ...only] : [];
  const ran = await runAttack(['--self', '--json', '--target', url, ...names], environment);
  const none: Report = { requests: 0, attacks: [], made: [], staying: [] };
  return { ...ran, report: ran.output === '' ? none : (JSON.parse(ran.output) as Report) };
}

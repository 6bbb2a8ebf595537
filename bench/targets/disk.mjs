import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inParallel } from '../load.mjs';
import { newPerson, register, registerMany } from '../people.mjs';
import { temporaryFolder } from '../processes.mjs';
import { installation, startProduct } from '../product.mjs';
import { request } from '../http.mjs';
import { compare, WARM_UP } from '../rounds.mjs';
import { median } from '../stats.mjs';

const SOURCE = fileURLToPath(new URL('../slow-disk.c', import.meta.url));
const REGISTERING = 8;

/**
 * Session checks beside registrations on a disk of which each sync takes 5 ms: with
 * DATABASE_SYNC=full against `normal`.
 */
export async function disk({ rounds, seconds }) {
  const name = 'session check (median) beside registrations, 5 ms a sync: full against normal';
  const slow = slowDisk(temporaryFolder());
  if (slow === null) return [{ name, unit: 'ms', note: 'skipped: there is no compiler (cc)' }];
  const [full, normal] = [await serve(slow, 'full'), await serve(slow, 'normal')];
  for (const side of [full, normal]) await side(WARM_UP / 2);
  const measured = await compare({
    rounds,
    ours: () => full(seconds),
    yardstick: () => normal(seconds),
  });
  return [{ name, unit: 'ms', ...measured, atMost: 2 }];
}

/** The library to preload; null where none can be built. */
function slowDisk(folder) {
  const library = path.join(folder, 'slow-disk.so');
  const { status } = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, SOURCE, '-ldl'], {
    stdio: 'inherit',
  });
  return status === 0 ? library : null;
}

async function serve(library, sync) {
  const { url } = await startProduct(installation(temporaryFolder()), {
    LD_PRELOAD: library,
    DATABASE_SYNC: sync,
  });
  const tokens = (await registerMany(url, 8)).map(({ token }) => token);
  return (seconds) => checks(url, tokens, seconds);
}

/** One check after the other while others register; the middle one in milliseconds. */
async function checks(url, tokens, seconds) {
  const taken = [];
  const check = async () => {
    const start = performance.now();
    await request(`${url}/api/v1/me`, { token: tokens[taken.length % tokens.length], expect: 200 });
    taken.push(performance.now() - start);
  };
  await Promise.all([
    inParallel({ workers: REGISTERING, seconds, job: () => register(url, newPerson()) }),
    inParallel({ workers: 1, seconds, job: check }),
  ]);
  return median(taken);
}

import { fileURLToPath } from 'node:url';
import { freePort, runNode, startNode, until200 } from './processes.mjs';
import { COST } from './product.mjs';

const script = (name) => fileURLToPath(new URL(`./yardsticks/${name}.mjs`, import.meta.url));
const READY = { session: '/ready', nest: '/health/live', gateway: '/ready' };

/**
 * Starts a server to measure against, on the database of an installation; resolves at its first
 * 200.
 */
export async function startYardstick(name, { folder, file }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const since = performance.now();
  const server = startNode([script(name)], { folder, env: { FILE: file, PORT: String(port) } });
  const ms = await until200(`${url}${READY[name]}`, server, since);
  return { ...server, url, ms };
}

/** Hashes per second of bcrypt alone, as many at once as there are cores. */
export async function bcryptAlone(seconds, folder) {
  return Number(
    await runNode([script('bcrypt')], {
      folder,
      env: { COST: String(COST), SECONDS: String(seconds) },
    }),
  );
}

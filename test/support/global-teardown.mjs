import { once } from 'node:events';
import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  for (const { child, folder } of [globalThis.__mariaDb, globalThis.__redis].filter(Boolean)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
    if (folder) rmSync(folder, { recursive: true, force: true });
  }
  rmSync(process.env.TEST_FOLDER, { recursive: true, force: true });
}

import { once } from 'node:events';
import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  const started = globalThis.__mariaDb;
  if (!started) return;
  started.child.kill('SIGKILL');
  await once(started.child, 'exit');
  rmSync(started.folder, { recursive: true, force: true });
}

// `npm run ringback -- COMMAND`: the built command line, built first on a fresh checkout.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cli = new URL('../dist/src/cli.js', import.meta.url);

if (!existsSync(cli)) {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  // What the build says goes to stderr: stdout belongs to the command.
  const build = spawnSync('npm', ['run', '--silent', 'build'], { cwd, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (build.status !== 0) process.exit(1);
}

await import(cli.href);

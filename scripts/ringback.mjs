// `npm run ringback -- COMMAND`: the built command line, built first on a fresh checkout and after an upgrade.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const cli = new URL('dist/src/cli.js', root);

/** When a file was changed last, or the newest of a folder: its own time too, which tells of what was removed. 0 for what is not there. */
function changedAt(place) {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  const folder = new URL(`${place.href.replace(/\/$/, '')}/`);
  return Math.max(stat.mtimeMs, ...readdirSync(folder).map((name) => changedAt(new URL(encodeURIComponent(name), folder))));
}

if (['src', 'package.json', 'ormconfig.ts'].some((name) => changedAt(new URL(name, root)) > changedAt(cli))) {
  // What the build says goes to stderr: stdout belongs to the command.
  const build = spawnSync('npm', ['run', '--silent', 'build'], { cwd: fileURLToPath(root), stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (build.status !== 0) process.exit(1);
}

await import(cli.href);

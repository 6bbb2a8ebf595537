import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const LAST_BUILD = 1_000_000;

describe('npm run ringback builds first', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'ringback-built-'));
  const at = (name: string) => path.join(root, name);
  const touch = (name: string, seconds: number) => utimesSync(at(name), seconds, seconds);
  const run = () => spawnSync(process.execPath, [at('scripts/ringback.mjs')], { encoding: 'utf8' });

  beforeEach(() => {
    for (const folder of ['scripts', 'src/users', 'dist/src']) mkdirSync(at(folder), { recursive: true });
    copyFileSync('scripts/ringback.mjs', at('scripts/ringback.mjs'));
    writeFileSync(at('build.mjs'), `import { mkdirSync, writeFileSync } from 'node:fs';
      console.log('building');
      mkdirSync('dist/src', { recursive: true });
      writeFileSync('dist/src/cli.js', "console.log('new')");`);
    writeFileSync(at('package.json'), JSON.stringify({ type: 'module', scripts: { build: 'node build.mjs' } }));
    for (const name of ['ormconfig.ts', 'src/cli.ts', 'src/users/user entity.ts']) writeFileSync(at(name), '');
    writeFileSync(at('dist/src/cli.js'), "console.log('old')");
    for (const name of ['src/users/user entity.ts', 'src/users', 'src/cli.ts', 'src', 'package.json', 'ormconfig.ts'])
      touch(name, LAST_BUILD - 1);
    touch('dist/src/cli.js', LAST_BUILD);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('never, while nothing has changed', () => expect(run()).toMatchObject({ stdout: 'old\n', stderr: '', status: 0 }));

  it.each(['src/users/user entity.ts', 'src/users', 'package.json', 'ormconfig.ts'])('after a change of %s', (name) => {
    touch(name, LAST_BUILD + 1);
    expect(run()).toMatchObject({ stdout: 'new\n', stderr: expect.stringContaining('building') as string, status: 0 });
    expect(run()).toMatchObject({ stdout: 'new\n', stderr: '' });
  });

  it('on a fresh checkout', () => {
    rmSync(at('dist'), { recursive: true });
    expect(run()).toMatchObject({ stdout: 'new\n', status: 0 });
  });

  it('and runs nothing old when that fails', () => {
    writeFileSync(at('build.mjs'), 'process.exit(3)');
    touch('package.json', LAST_BUILD + 1);
    expect(run()).toMatchObject({ stdout: '', status: 1 });
  });
});

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const isSpec = (file: string) => /\.spec\.tsx?$/.test(file);
const under = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isSpec)
    .map((file) => path.join(folder, file));

/** What a run of everything takes: files by themselves, and those of the folders of groups. */
function taken(): string[] {
  const list = [path.resolve('node_modules/jest/bin/jest.js'), '--listTests'];
  const env = { ...process.env, CI: 'true' };
  const { stdout } = spawnSync(process.execPath, list, { encoding: 'utf8', env });
  const files = stdout.trim().split('\n');
  const groups = files.filter((file) => file.endsWith('.group.ts'));
  const folders = groups.flatMap((group) =>
    [...readFileSync(group, 'utf8').matchAll(/'([\w/-]+)'/g)].map(([, folder = '']) => folder),
  );
  const alone = files.filter(isSpec).map((file) => path.relative('.', file));
  return [...alone, ...[...new Set(folders)].flatMap(under)];
}

describe('a run of everything', () => {
  it('takes each spec file of the house once, wherever it lies', () => {
    const rooms = readdirSync('.', { withFileTypes: true })
      .filter(
        (entry) =>
          entry.isDirectory() && !/^(\.|node_modules|builds|var|coverage)/.test(entry.name),
      )
      .flatMap(({ name }) => under(name));
    expect(taken().sort()).toEqual(rooms.sort());
  });
});

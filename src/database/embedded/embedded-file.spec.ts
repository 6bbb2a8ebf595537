import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DataSource } from 'typeorm';
import { testFolder } from '../../../test/support/folder.js';
import { dataSourceOptions } from '../data-source-options.js';

describe('the file of the embedded database', () => {
  let folder: string;
  beforeEach(() => (folder = testFolder('file')));

  const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);
  const optionsFor = (file: string) => dataSourceOptions({ kind: 'sqlite', file }, []);

  async function written(file: string): Promise<string[]> {
    const source = await new DataSource(optionsFor(file)).initialize();
    await source.query('CREATE TABLE notes (text TEXT)');
    const modes = ['', '-wal', '-shm'].map((end) => mode(file + end));
    await source.destroy();
    return modes;
  }

  it("is its owner's alone, with what lies beside it and the folders made for it", async () => {
    const file = path.join(folder, 'a/b/x.sqlite');
    expect(await written(file)).toEqual(['600', '600', '600']);
    expect([mode(path.join(folder, 'a')), mode(path.join(folder, 'a/b'))]).toEqual(['700', '700']);
  });

  it('becomes that where it lay open to others, in a folder that stays as it is', async () => {
    const shared = path.join(folder, 'shared');
    mkdirSync(shared);
    const file = path.join(shared, 'x.sqlite');
    for (const end of ['', '-wal', '-shm']) writeFileSync(file + end, '', { mode: 0o666 });
    expect(await written(file)).toEqual(['600', '600', '600']);
    expect(mode(shared)).toBe('755');
  });

  it.each(['/proc/x/y', '/proc/1/fd/x/y', '/dev/null/x'])(
    '%s has no place, which is said and not waited for',
    (file) => {
      expect(() => optionsFor(file)).toThrow(
        `DATABASE_URL: the folder ${path.dirname(file)} cannot be made`,
      );
    },
  );

  it('is not made anew beside a log that would be lost with it', () => {
    const file = path.join(folder, 'x.sqlite');
    writeFileSync(`${file}-wal`, 'x');
    expect(() => optionsFor(file)).toThrow(`DATABASE_URL: ${file} is missing, but its log`);
  });

  it('is no folder, no device and no pipe', () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(() => optionsFor(folder)).toThrow(`DATABASE_URL: ${folder} is a folder`);
    for (const other of ['/dev/null', '/dev/zero', pipe])
      expect(() => optionsFor(other)).toThrow(`DATABASE_URL: ${other} is no file`);
  });
});

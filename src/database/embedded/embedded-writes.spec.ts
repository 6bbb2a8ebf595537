import { jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../common/errors/app-error.js';
import { Disk } from '../../../test/support/disk.js';
import { testFolder } from '../../../test/support/folder.js';
import { dataSourceOptions } from '../data-source-options.js';
import { dataSourceOf, type EmbeddedDataSource } from './embedded-data-source.js';
import { UnitOfWork } from '../unit-of-work.js';

const BUSY = new AppError('busy').message;

describe('writes of the embedded database', () => {
  let folder: string;
  let file: string;
  let source: EmbeddedDataSource;
  let unit: UnitOfWork;
  let disk: Disk;

  const openWith = async (sync: 'full' | 'normal') => {
    source = (await dataSourceOf(
      dataSourceOptions({ kind: 'sqlite', file, sync }, []),
    ).initialize()) as EmbeddedDataSource;
    unit = new UnitOfWork(source);
  };
  beforeEach(async () => {
    folder = testFolder('writes');
    file = path.join(folder, 'x.sqlite');
    disk = await Disk.watch(file);
    await openWith('full');
    await unit.write((manager) => manager.query('CREATE TABLE notes (text TEXT)'));
  });
  afterEach(async () => {
    await source.destroy();
    disk.unplug();
  });

  const note = (text: string) =>
    unit.write((manager) => manager.query('INSERT INTO notes VALUES (?)', [text]));
  const notesIn = async (database: string): Promise<string[]> => {
    const other = await dataSourceOf(
      dataSourceOptions({ kind: 'sqlite', file: database }, []),
    ).initialize();
    const rows = await other.query<{ text: string }[]>('SELECT text FROM notes ORDER BY rowid');
    await other.destroy();
    return rows.map(({ text }) => text);
  };
  /** The file without what lies beside it. */
  const alone = (): string => {
    execFileSync('cp', [file, path.join(folder, 'alone.sqlite')]);
    return path.join(folder, 'alone.sqlite');
  };

  it('are answered when a power cut could not undo them', async () => {
    const kept = new Map<string, string | undefined>();
    const one = async (text: string) => {
      await note(text);
      kept.set(text, disk.kept);
    };
    for (const text of ['a', 'b']) await one(text);
    await Promise.all(['c', 'd', 'e', 'f'].map(one));
    await unit.lookAfterFile();
    await one('g');
    for (const [text, database] of kept) expect(await notesIn(database!)).toContain(text);
    expect(kept.size).toBe(7);
  });

  it('share a sync when they come together, and one that fails takes no other with it', async () => {
    const before = disk.syncs;
    const fails = unit.run(async (manager) => {
      await manager.query("INSERT INTO notes VALUES ('undone')");
      throw new Error('its own');
    });
    const notes = Array.from({ length: 50 }, (_, index) => `${index}`);
    await Promise.all([expect(fails).rejects.toThrow('its own'), ...notes.map(note)]);
    expect(disk.syncs - before).toBeLessThan(10);
    expect((await notesIn(disk.kept!)).sort()).toEqual(notes.sort());
  });

  it('wait for no sync where DATABASE_SYNC says normal', async () => {
    await source.destroy();
    await openWith('normal');
    const before = disk.syncs;
    await note('a');
    expect(disk.syncs).toBe(before);
  });

  it('are not acknowledged when the sync fails; what comes after it is, once the file was written anew', async () => {
    const move = jest.spyOn(source.checkpoints, 'move');
    disk.faults.push(() => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })));
    await expect(note('lost?')).rejects.toThrow(BUSY);
    expect(move).not.toHaveBeenCalled();
    await note('a');
    expect(move).toHaveBeenCalledTimes(1);
    expect(await notesIn(alone())).toContain('lost?');
    expect(await notesIn(disk.kept!)).toContain('a');
  });

  it.each(['', '-wal'])(
    'are not acknowledged while the file%s is not where it was',
    async (end) => {
      renameSync(file + end, `${file}.moved`);
      await expect(note('a')).rejects.toThrow(BUSY);
      await expect(unit.lookAfterFile()).rejects.toThrow(BUSY);
      execFileSync('cp', [`${file}.moved`, file + end]);
      await expect(note('b')).rejects.toThrow(BUSY);
      renameSync(`${file}.moved`, file + end);
      await note('c');
    },
  );

  it('are all in the file alone after it was looked after, while it is open', async () => {
    await note('a');
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    await unit.lookAfterFile();
    expect(statSync(`${file}-wal`).size).toBe(0);
    expect(await notesIn(alone())).toEqual(['a']);
    await note('b');
    expect((await source.query<unknown[]>('SELECT text FROM notes')).length).toBe(2);
  });

  it('keep the log short without being asked', async () => {
    disk.unplug();
    const move = jest.spyOn(source.checkpoints, 'move');
    for (let count = 0; count < 4; count += 1) await note('x'.repeat(1_500_000));
    await move.mock.results[0]?.value;
    await note('behind it');
    expect(statSync(`${file}-wal`).size).toBeLessThan(100_000);
  });

  it('are all in the file alone after it was closed', async () => {
    await note('a');
    await source.destroy();
    expect(await notesIn(alone())).toEqual(['a']);
    await openWith('full');
  });
});

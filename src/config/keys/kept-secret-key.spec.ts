import { transformFileSync } from '@swc/core';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { loadSettings } from '../../load-settings.js';
import { keepSecretKey } from './kept-secret-key.js';
import { SettingsError } from '../settings-error.js';

const root = mkdtempSync(path.join(tmpdir(), 'ringback-key-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const load = (folder: string) =>
  loadSettings({ DATABASE_URL: `sqlite:${folder}/x.sqlite` }).secretKeys;

/** Root may write anywhere. */
function asNobody<T>(act: () => T): T {
  if (process.getuid?.() !== 0) return act();
  process.seteuid?.(65_534);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}

describe('the secret key of an embedded database', () => {
  it('is made once, long, and readable by its owner only', () => {
    const folder = path.join(root, 'var');
    const first = load(folder);
    expect(load(folder)).toEqual(first);
    expect(first[0]?.length).toBeGreaterThanOrEqual(64);
    expect(readFileSync(path.join(folder, 'secret.key'), 'utf8')).toBe(first[0]);
    expect(readdirSync(folder)).toEqual(['secret.key']);
    expect((statSync(path.join(folder, 'secret.key')).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(folder).mode & 0o777).toString(8)).toBe('700');
  });

  it.each(['', ' \n', 'k'.repeat(31)])('is refused when %j is kept, and left as it is', (kept) => {
    const folder = mkdtempSync(path.join(root, 'short-'));
    writeFileSync(path.join(folder, 'secret.key'), kept);
    expect(() => load(folder)).toThrow(SettingsError);
    expect(() => load(folder)).toThrow(/^SECRET_KEY: .+secret\.key holds fewer than 32 characters/);
    expect(readFileSync(path.join(folder, 'secret.key'), 'utf8')).toBe(kept);
  });

  it.each(['', 'secret.key'])(
    'is refused, by its path, where %j cannot be written or read',
    (name) => {
      const folder = mkdtempSync(path.join(root, 'closed-'));
      if (name) writeFileSync(path.join(folder, name), 'k'.repeat(40), { mode: 0o600 });
      chmodSync(root, 0o755);
      chmodSync(folder, 0o555);
      if (name && process.getuid?.() !== 0) chmodSync(path.join(folder, name), 0o000);
      const sentence = `DATABASE_URL: ${path.join(folder, 'secret.key')} cannot be written or read by this user (EACCES)`;
      expect(() => asNobody(() => load(folder))).toThrow(new SettingsError([sentence]));
    },
  );

  it('loses what others were given of it', () => {
    const folder = mkdtempSync(path.join(root, 'open-'));
    writeFileSync(path.join(folder, 'secret.key'), 'k'.repeat(40), { mode: 0o644 });
    load(folder);
    expect((statSync(path.join(folder, 'secret.key')).mode & 0o777).toString(8)).toBe('600');
  });

  it('is not written beside a database that is there, before that was asked', () => {
    const folder = mkdtempSync(path.join(root, 'there-'));
    writeFileSync(path.join(folder, 'x.sqlite'), 'accounts');
    const { keepKeyIn, secretKeys } = loadSettings({ DATABASE_URL: `sqlite:${folder}/x.sqlite` });
    expect(readdirSync(folder)).toEqual(['x.sqlite']);
    expect(keepKeyIn).toBe(path.join(folder, 'secret.key'));
    keepSecretKey(keepKeyIn!, secretKeys[0]!);
    expect(load(folder)).toEqual(secretKeys);
    expect(() => keepSecretKey(keepKeyIn!, 'another')).toThrow(SettingsError);
    expect(load(folder)).toEqual(secretKeys);
  });

  it('is refused at once where no folder can be made', () => {
    for (const folder of ['/proc/x/y', '/proc/self/z', '/dev/null/x'])
      expect(() => load(folder)).toThrow(`DATABASE_URL: the folder ${folder} cannot be made`);
  });

  it('is one and whole for all who start together on a first run', async () => {
    const [rounds, together] = [60, 4];
    const seen = await Promise.all(firstRuns(rounds, together));
    expect(seen).toHaveLength(together);
    for (const keys of seen) expect(keys).toEqual(seen[0]);
    expect(new Set(seen[0]).size).toBe(rounds);
    expect(new Set(seen[0]?.map((key) => key.length))).toEqual(new Set([64]));
  });
});

/**
 * Threads that meet before each folder, so that all look for its key in the same instant; the keys
 * that each of them got.
 */
function firstRuns(rounds: number, together: number): Promise<string[]>[] {
  const room = path.join(root, 'together');
  mkdirSync(room);
  mkdirSync(path.join(room, 'keys'));
  for (const name of ['keys/kept-secret-key', 'keys/private-files', 'settings-error']) {
    const { code } = transformFileSync(path.join('src/config', `${name}.ts`), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'es6' },
    });
    writeFileSync(path.join(room, `${name}.js`), code);
  }
  writeFileSync(path.join(room, 'package.json'), '{"type":"module"}');
  writeFileSync(
    path.join(room, 'run.js'),
    `
    import { parentPort, workerData } from 'node:worker_threads';
    import { keptSecretKey } from './keys/kept-secret-key.js';
    const { rounds, together, arrived } = workerData;
    const keys = [];
    for (let round = 0; round < rounds; round += 1) {
      Atomics.add(arrived, round, 1);
      Atomics.notify(arrived, round);
      for (let there; (there = Atomics.load(arrived, round)) < together;) Atomics.wait(arrived, round, there);
      try {
        keys.push(keptSecretKey(new URL('round-' + round + '/x.sqlite', import.meta.url).pathname).key);
      } catch (error) {
        keys.push(error.message);
      }
    }
    parentPort.postMessage(keys);
  `,
  );
  const arrived = new Int32Array(new SharedArrayBuffer(4 * rounds));
  return Array.from(
    { length: together },
    () =>
      new Promise((resolve, reject) => {
        const worker = new Worker(path.join(room, 'run.js'), {
          workerData: { rounds, together, arrived },
        });
        worker.once('message', resolve);
        worker.once('error', reject);
      }),
  );
}

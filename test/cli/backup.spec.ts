import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { withBuiltServer } from '../support/built-server.js';
import { testFolder } from '../support/folder.js';
import { somebody } from '../support/people.js';
import { startApp } from '../support/start-app.js';
import { Installation } from './installation.js';

interface Connection {
  exec: (sql: string) => void;
  close: () => void;
}
const Database = createRequire(import.meta.url)('libsql') as new (file: string) => Connection;

describe('ringback backup', () => {
  let installation: Installation;
  const at = (name: string) => path.join(installation.folder, name);
  const left = () => readdirSync(installation.folder).filter((name) => /part|journal/.test(name));

  beforeAll(async () => {
    installation = new Installation();
    await installation.run('migrate');
    writeFileSync(at('there'), 'mine');
    symlinkSync(at('nothing'), at('link'));
    mkdirSync(at('folder'));
  });
  afterAll(() => installation.remove());

  it('copies one state while 50 people register, and a server starts on the copy', async () => {
    const app = await startApp();
    const file = app.database.url.slice('sqlite:'.length);
    const copy = path.join(testFolder('backup'), 'copy.sqlite');
    const acknowledged: string[] = [];
    let known: string[] = [];
    const crowd = Array.from({ length: 50 }, async () => {
      const form = somebody();
      expect(await new ApiPerson(app.url).register(form)).toEqual({ status: 201 });
      if (acknowledged.push(form.username) !== 20) return;
      known = [...acknowledged];
      const ran = await installation.run(`backup ${copy}`, { DATABASE_URL: `sqlite:${file}` });
      expect(ran).toMatchObject({ status: 0, error: '' });
    });
    await Promise.all(crowd);
    await app.close();

    const again = await startApp({ use: { url: `sqlite:${copy}`, drop: () => Promise.resolve() } });
    const users = await again.db.manager.find(User);
    expect(users.map(({ username }) => username)).toEqual(expect.arrayContaining(known));
    expect(users.length).toBeLessThan(50);
    // Each came with its session, or not at all.
    expect((await again.db.manager.find(Session)).map(({ userId }) => userId).sort()).toEqual(
      users.map(({ id }) => id).sort(),
    );
    await again.close();
  });

  it('is for its owner alone, and whole without a log', async () => {
    const { status, output } = await installation.run(`backup ${at('copy')}`);
    expect({ status, output }).toEqual({
      status: 0,
      output:
        `Backed up: ${at('copy')} (${statSync(at('copy')).size} bytes, checked)\n` +
        'Belongs with it: the SECRET_KEY of the environment. Without it nobody logs in again. Keep it in another place.\n',
    });
    expect(statSync(at('copy')).mode & 0o777).toBe(0o600);
    expect(existsSync(at('copy-wal'))).toBe(false);
    expect(left()).toEqual([]);
  });

  it('names the key that was made beside the database, and says when it is missing', async () => {
    const made = new Installation();
    await made.run('migrate', { SECRET_KEY: '' });
    const { output } = await made.run(`backup ${at('sixth')}`, { SECRET_KEY: '' });
    expect(output).toContain(`Belongs with it: the secret key in ${made.folder}/secret.key.`);
    made.remove();
    const { output: missing } = await installation.run(`backup ${at('other')}`, { SECRET_KEY: '' });
    expect(missing).toContain(`which is missing at ${at('secret.key')}`);
  });

  it.each([
    ['a file that is there', 'there', /there is there already\.$/],
    ['the database itself', 'ringback.sqlite', /ringback\.sqlite is there already\.$/],
    ['a link, wherever it leads', 'link', /link is there already\.$/],
    ['a folder', 'folder', /folder is a folder; name a file in it\.$/],
    ['a folder that is not there', 'nowhere/copy', /nowhere\/copy cannot be written \(ENOENT\)\.$/],
    ['a place below a file', 'there/copy', /there\/copy cannot be written \(ENOTDIR\)\.$/],
    ['a name that no system takes', 'x'.repeat(300), /cannot be written \(ENAMETOOLONG\)\.$/],
  ])('refuses %s, in one sentence', async (_, name, sentence) => {
    const before = statSync(installation.file).size;
    const { status, output, error } = await installation.run(`backup ${at(name)}`);
    expect({ status, output, lines: error.trimEnd().split('\n').length }).toEqual({
      status: 1,
      output: '',
      lines: 1,
    });
    expect(error.trimEnd()).toMatch(sentence);
    expect([statSync(at('there')).size, statSync(installation.file).size]).toEqual([4, before]);
    expect(left()).toEqual([]);
  });

  it('copies no damaged database, and leaves nothing behind', async () => {
    const damaged = at('damaged');
    copyFileSync(installation.file, damaged);
    truncateSync(damaged, 20_480);
    const { status, error } = await installation.run(`backup ${at('third')}`, {
      DATABASE_URL: `sqlite:${damaged}`,
    });
    expect(status).toBe(1);
    expect(error).toMatch(/^The database is damaged \(SQLITE_CORRUPT\w*\): there is no copy\.\n$/);
    expect(existsSync(at('third'))).toBe(false);
    expect(left()).toEqual([]);
  });

  it('waits for nobody who writes', async () => {
    const writer = new Database(installation.file);
    writer.exec('BEGIN IMMEDIATE');
    expect(await installation.run(`backup ${at('fourth')}`)).toMatchObject({ status: 0 });
    writer.close();
  });

  it('refuses where there is no database yet, and makes none', async () => {
    const { status, error } = await installation.run(`backup ${at('fifth')}`, {
      DATABASE_URL: `sqlite:${at('none.sqlite')}`,
    });
    expect({ status, error }).toEqual({
      status: 1,
      error: `There is no database at ${at('none.sqlite')} yet.\n`,
    });
    expect(readdirSync(installation.folder).filter((name) => /none|fifth/.test(name))).toEqual([]);
  });

  it('names the tool for MySQL, and no password', async () => {
    const DATABASE_URL = 'mysql://ringback:s3cret@db.example:3307/accounts';
    const { status, error } = await installation.run('backup copy', { DATABASE_URL });
    expect(status).toBe(1);
    expect(error).toContain(
      'mariadb-dump --single-transaction --host=db.example --port=3307 --user=ringback --password',
    );
    expect(error).not.toContain('s3cret');
  });

  it('wants one file', async () => {
    expect(await installation.run('backup')).toMatchObject({ status: 2 });
    expect(await installation.run('backup a b')).toMatchObject({ status: 2 });
  });
});

withBuiltServer('ringback backup as a process', () => {
  it('refuses where no more may be written, and leaves nothing behind', async () => {
    const installation = new Installation();
    await installation.run('migrate');
    const copy = path.join(installation.folder, 'copy');
    const limited = [
      '-c',
      'ulimit -f 40; exec "$@"',
      'sh',
      process.execPath,
      'dist/src/cli.js',
      'backup',
      copy,
    ];
    const env = { PATH: process.env['PATH'], ...installation.environment };
    const { status, stdout, stderr } = spawnSync('sh', limited, { env, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^.+copy cannot be written \(SQLITE_IOERR_WRITE\)\.\n$/);
    expect(readdirSync(installation.folder).filter((name) => name.startsWith('copy'))).toEqual([]);
    installation.remove();
  });
});

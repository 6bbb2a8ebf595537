import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Installation } from './installation.js';

const FLAGS = 'create-superuser --no-input --username root --phone-number +14155550100';
const SUPERUSER_PASSWORD = 'violet anchors drift';

describe('the command line', () => {
  let installation: Installation;

  beforeEach(() => (installation = new Installation()));
  afterEach(() => installation.remove());

  it('--help exits with 0 and needs no settings', async () => {
    const { status, output } = await installation.run('--help', { NODE_ENV: 'production' });
    expect(status).toBe(0);
    for (const command of ['create-superuser', 'migrate', 'unlock', 'purge', 'perf-seed'])
      expect(output).toContain(command);
  });

  it.each([
    '',
    'dance',
    'migrate now',
    'unlock',
    'migrate --fast',
    'perf-seed many',
    'perf-seed 0',
    'perf-seed 7000001',
    'create-superuser --no-input',
  ])('wrong usage exits with 2: %p', async (command) => {
    const { status, output, error } = await installation.run(command);
    expect({ status, output }).toEqual({ status: 2, output: '' });
    expect(error).not.toBe('');
  });

  it('a password as a flag is refused and not repeated', async () => {
    const { status, error } = await installation.run(
      'create-superuser --no-input --password=hunter2hunter2',
    );
    expect({ status, error }).toEqual({ status: 2, error: "error: unknown option '--password'\n" });
  });

  it('refused settings exit with 78, one line each', async () => {
    const { status, error } = await installation.run('migrate', {
      PORT: 'x',
      BCRYPT_COST: '99',
      DATABASE_SYNC: 'fast',
    });
    expect(status).toBe(78);
    expect(error).toMatch(/^PORT: .+\nDATABASE_SYNC: .+\nBCRYPT_COST: .+\n$/);
  });

  it('a secret key that stored passwords miss exits with 78', async () => {
    await installation.run(FLAGS, { SUPERUSER_PASSWORD });
    const { status, error } = await installation.run('purge', { SECRET_KEY: 'z'.repeat(32) });
    expect(status).toBe(78);
    expect(error).toMatch(/^SECRET_KEY: .+\n$/);
  });

  it('a missing secret key exits with 78 as well, and leaves none that would stand in the way of the right one', async () => {
    await installation.run(FLAGS, { SUPERUSER_PASSWORD });
    const { status, error } = await installation.run('purge', { SECRET_KEY: '' });
    expect(status).toBe(78);
    expect(error).toMatch(/^SECRET_KEY: .+\n$/);
    expect(readdirSync(installation.folder).filter((name) => name.includes('key'))).toEqual([]);
  });

  it('a missing secret key is made once more where no password needs the old one', async () => {
    await installation.run('purge');
    expect(await installation.run('purge', { SECRET_KEY: '' })).toMatchObject({ status: 0 });
    expect(readFileSync(`${installation.folder}/secret.key`, 'utf8')).toHaveLength(64);
    expect(await installation.run(FLAGS, { SUPERUSER_PASSWORD, SECRET_KEY: '' })).toMatchObject({
      status: 0,
    });
  });

  it('a database that was not migrated costs one sentence', async () => {
    const { status, error } = await installation.run('purge', { MIGRATE_AT_START: 'off' });
    expect({ status, error }).toEqual({
      status: 1,
      error: 'The database has not been migrated. Run "npm run ringback -- migrate" first.\n',
    });
  });

  it('a locked database costs one sentence', async () => {
    await installation.run('migrate');
    const Database = createRequire(import.meta.url)('libsql') as new (file: string) => {
      exec: (sql: string) => void;
      close: () => void;
    };
    const other = new Database(installation.file);
    other.exec('BEGIN IMMEDIATE');
    const { status, error } = await installation.run(FLAGS, { SUPERUSER_PASSWORD });
    other.close();
    expect({ status, error }).toEqual({
      status: 1,
      error:
        'The database does not answer, or another process holds its lock. Please try again in a moment.\n',
    });
  });

  it.each([
    [
      'a MySQL server that is not there',
      () => 'mysql://ringback:s3cret@127.0.0.1:1/ringback',
      78,
      /^DATABASE_URL: nothing listens at 127.0.0.1:1 \(ECONNREFUSED\)\n$/,
    ],
    [
      'a file in a folder that is a file',
      ({ folder }: Installation) => `sqlite:${folder}/file/ringback.sqlite`,
      78,
      /^DATABASE_URL: the folder .+ cannot be made \(ENOTDIR\)\n$/,
    ],
    [
      'a file that is no database',
      ({ folder }: Installation) => `sqlite:${folder}/file`,
      78,
      /^DATABASE_URL: the database cannot be opened.+\n$/,
    ],
  ])('%s costs one sentence', async (_, url, exit, sentence) => {
    writeFileSync(`${installation.folder}/file`, 'This is a text about databases. '.repeat(200));
    for (const command of ['migrate', 'purge']) {
      const { status, error } = await installation.run(command, {
        DATABASE_URL: url(installation),
      });
      expect({ command, status }).toEqual({ command, status: exit });
      expect(error).toMatch(sentence);
      expect(error).not.toContain('s3cret');
    }
  });

  describe('migrate', () => {
    it('names what it ran, then has nothing to do', async () => {
      expect((await installation.run('migrate')).output).toMatch(
        /^Migrated: Accounts\d+\nMigrated: Proofs\d+\n/,
      );
      expect(await installation.run('migrate')).toEqual({
        status: 0,
        output: 'Nothing to migrate.\n',
        error: '',
      });
    });
  });
});

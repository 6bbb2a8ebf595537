import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { KnownDevice } from '../../src/auth/sessions/known-device.entity.js';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { Clock } from '../../src/common/clock.js';
import { KeyRing } from '../../src/config/keys/key-ring.js';
import { loadSettings } from '../../src/config/load-settings.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { IdempotentCall } from '../../src/idempotency/idempotent-call.entity.js';
import { wrongCodes, wrongCodesDay } from '../../src/phone-verification/code-rules.js';
import { SentMessage } from '../../src/messaging/sent-message.entity.js';
import { newMessage } from '../../src/messaging/sent-messages.repository.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { Budgets } from '../../src/rate-limit/budgets.js';
import { failuresInARow } from '../../src/rate-limit/rules.js';
import { User } from '../../src/users/user.entity.js';
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

  describe('unlock', () => {
    it('forgets wrong codes and passwords of that account only, those of its devices too, and leaves a trace', async () => {
      await installation.run(FLAGS, { SUPERUSER_PASSWORD });
      await installation.run(FLAGS.replace('root', 'other').replace('0100', '0101'), {
        SUPERUSER_PASSWORD,
      });
      const budgets = await lock(installation, ['root', 'other']);
      expect(budgets).toBe(12);
      expect(await installation.run('unlock Root')).toEqual({
        status: 0,
        output: 'Unlocked: root\n',
        error: '',
      });
      expect(await installation.rows(Budget)).toHaveLength(6);
      expect(await installation.rows(AuditEvent)).toContainEqual(
        expect.objectContaining({ name: 'user.unlocked', userId: 1 }),
      );
    });

    it('refuses a username nobody has', async () => {
      expect(await installation.run('unlock nobody')).toEqual({
        status: 1,
        output: '',
        error: 'There is no user with that username.\n',
      });
    });
  });

  describe('purge', () => {
    it('takes away what has expired and says how much', async () => {
      await installation.run('migrate');
      const past = new Date('2020-01-01');
      await installation.query(async ({ manager }) => {
        await manager.insert(Budget, { key: 'old', count: 1, blockedUntil: null, expiresAt: past });
        const session = {
          userId: 1,
          methods: [],
          proofs: {},
          nextPath: null,
          address: '',
          agent: '',
          createdAt: past,
          lastSeenAt: past,
          expiresAt: past,
        };
        await manager.insert(Session, { ...session, tokenHash: 'x' });
        await manager.insert(KnownDevice, {
          userId: 1,
          reference: 'x',
          confirmedAt: past,
          lastSeenAt: past,
          expiresAt: past,
        });
        await manager.insert(AuditEvent, {
          at: past,
          name: 'session.opened',
          userId: 1,
          actorId: null,
          address: '192.0.2.7',
          agent: 'browser',
          details: {},
        });
        const to = { userId: 1, phoneNumber: '+14155550100', channel: 'sms' } as const;
        await manager.insert(SentMessage, newMessage(to, 'self:inbox', past));
        const call = {
          name: 'x',
          content: 'x',
          run: 'x',
          mismatches: 0,
          answer: null,
          leaseEndsAt: past,
          expiresAt: past,
        };
        await manager.insert(IdempotentCall, call);
      });
      const { status, output } = await installation.run('purge');
      expect(status).toBe(0);
      expect(output.split('\n')).toEqual([
        'Purged registrations: 0',
        'Purged sessions: 1',
        'Purged devices: 1',
        'Purged challenges: 0',
        'Purged messages: 1',
        'Purged conversions: 0',
        'Purged decisions: 0',
        'Purged budgets: 1',
        'Purged calls: 1',
        'Purged audit addresses: 1',
        '',
      ]);
      expect(await installation.rows(AuditEvent)).toMatchObject([{ address: null, agent: '' }]);
    });
  });

  describe('perf-seed', () => {
    it('makes users who differ in name and number and share one hash; a second run adds what is missing', async () => {
      expect((await installation.run('perf-seed 3')).output).toMatch(
        /^Users made: 3\nUsernames: perf0000001 to perf0000003\nPassword of each: .+\n$/,
      );
      await installation.query(({ manager }) => manager.delete(User, { username: 'perf0000002' }));
      expect((await installation.run('perf-seed 1100')).output).toMatch(/^Users made: 1098\n/);
      const users = await installation.rows(User);
      expect(users).toHaveLength(1100);
      expect(new Set(users.map(({ verifiedPhoneNumber }) => verifiedPhoneNumber)).size).toBe(1100);
      expect(
        users.every(
          ({ phoneNumber, verifiedPhoneNumber }) =>
            phoneNumber === verifiedPhoneNumber && /^\+1415[2-9]\d{6}$/.test(phoneNumber),
        ),
      ).toBe(true);
      expect(users.find(({ username }) => username === 'perf0001100')).toMatchObject({
        usernameKey: 'perf0001100',
        isStaff: false,
        changePw: false,
      });
    });

    it('is refused in production, before the database is touched', async () => {
      const production = {
        NODE_ENV: 'production',
        BCRYPT_COST: '12',
        VERIFICATION_PROVIDER: 'authy',
        AUTHY_KEY: 'key',
        DATABASE_URL: 'mysql://u@127.0.0.1:1/x',
      };
      const { status, error } = await installation.run('perf-seed 3', production);
      expect({ status, error }).toEqual({ status: 1, error: 'perf-seed is not for production.\n' });
    });
  });
});

/** Wrong codes and passwords of accounts 1, 2, …, counted by the rules themselves. */
async function lock(installation: Installation, usernames: string[]): Promise<number> {
  const settings = loadSettings(installation.environment);
  const tenths = { each: 10, firstWait: 1, longestWait: 1, forget: 86_400_000 };
  const [wrongPasswords, wrongPasswordsHere] = [
    failuresInARow(tenths, 'wrong-passwords'),
    failuresInARow(tenths, 'wrong-passwords-here'),
  ] as const;
  return installation.query(async (dataSource) => {
    const budgets = new Budgets(
      new UnitOfWork(dataSource),
      new Clock(),
      new KeyRing(settings.secretKeys),
      settings,
    );
    for (const [index, username] of usernames.entries()) {
      const device = 'device:7';
      const claims = [wrongCodes, wrongCodesDay].flatMap((rule) => [
        { rule, subject: index + 1 },
        { rule, subject: [`${index + 1}`, device] as const },
      ]);
      await budgets.take([
        ...claims,
        { rule: wrongPasswords, subject: username },
        { rule: wrongPasswordsHere, subject: [username, device] },
      ]);
    }
    return dataSource.manager.count(Budget);
  });
}

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Like } from 'typeorm';
import { ATTACKS } from '../../attack/all-attacks.js';
import { User } from '../../src/users/user.entity.js';
import { hours } from '../../src/common/clock.js';
import { SECRET_KEY, startApp, type TestApp } from '../support/start-app.js';
import { A_WHOLE_RUN, attacked, beside, NO_REQUEST_LIMITS, runAttack } from './attack.fixture.js';
import { Installation } from './installation.js';

const PUMPING = ['pumping-by-prefix', 'pumping-by-address'];
/** Attacks on what is limited, and one that lacks the target's database here. */
const LIMITS = [
  'guessing',
  'forced-password',
  'racing-registrations',
  'password-guessing',
  'enumeration-by-answer',
  'password-spraying',
  ...PUMPING,
];
const LIMITED = 'limited: the target sends no more codes to this address now; an hour helps';

const notPassed = ({ attacks }: Awaited<ReturnType<typeof attacked>>['report']) =>
  attacks
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ name, outcome, told }) => `${outcome} ${name}: ${told}`);

describe('attack --self on an instance that holds its limits', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ environment: { ABUSE_LIMITS: 'enforce', ...NO_REQUEST_LIMITS } });
  });
  afterAll(() => app.close());

  it(
    'nothing gets through, within one hour of an address; what it made is named',
    async () => {
      const { status, error, report } = await attacked(app.url, [], beside(app));
      expect(notPassed(report)).toEqual([]);
      expect({ status, error }).toEqual({ status: 0, error: '' });
      expect(report.attacks).toHaveLength(ATTACKS.length);
      expect(report.attacks.at(-1)?.told).toMatch(
        /^[1-9]\d* more messages went out before the limit \(hour of the network\); forged addresses got none after it$/,
      );
      expect(report.requests).toBeLessThan(1500);

      const users = await app.db.getRepository(User).findBy({ username: Like('attack-%') });
      expect(report.made.sort()).toEqual(users.map(({ username }) => username).sort());
      const confirmed = users
        .filter(({ phoneNumberVerified }) => phoneNumberVerified)
        .map(({ username }) => username);
      expect(report.staying.sort()).toEqual(confirmed.sort());
    },
    A_WHOLE_RUN,
  );

  it('what an earlier run has used up is named, not judged', async () => {
    const { status, error, report } = await attacked(app.url, ['guessing', 'replay']);
    expect(notPassed(report)).toEqual(
      ['replay', 'guessing'].map((name) => `skipped ${name}: ${LIMITED}`),
    );
    expect({ status, error }).toEqual({ status: 2, error: 'Nothing could be judged.\n' });
  });
});

describe('attack --self on an instance that only records', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  // The names that were tried before make this network wait.
  afterEach(() => app.clock.advance(hours(5)));
  afterAll(() => app.close());

  it(
    'nothing gets through but what is let through by choice',
    async () => {
      const { status, report } = await attacked(app.url, LIMITS, { ABUSE_LIMITS: 'record' });
      expect(notPassed(report)).toEqual([
        `skipped forced-password: needs the database of the target: run it there, with its settings`,
        ...PUMPING.map((name) => `skipped ${name}: ABUSE_LIMITS=record lets it through`),
      ]);
      expect(status).toBe(0);
    },
    A_WHOLE_RUN,
  );

  it('touches no database but the one of the target', async () => {
    const installation = new Installation();
    await installation.run('migrate');
    const settings = (file: string) => ({ SECRET_KEY, DATABASE_URL: `sqlite:${file}` });
    const other = await attacked(app.url, ['forced-password'], settings(installation.file));
    const empty = path.join(installation.folder, 'empty.sqlite');
    writeFileSync(empty, '');
    const none = await attacked(app.url, ['forced-password'], settings(empty));
    const told = [other, none].map(({ report }) => report.attacks[0]?.told);
    expect(told).toEqual([
      'the database of these settings is not the one of the target',
      expect.stringMatching(/^the database of these settings cannot be used \(.*no such table/),
    ]);
    expect(await installation.rows(User)).toEqual([]);
    installation.remove();
  });

  it('tells a table, a line each, and no number, code or token', async () => {
    const { status, output } = await runAttack([
      '--self',
      '--target',
      app.url,
      '--only',
      'replay',
      'security-headers',
    ]);
    expect(status).toBe(0);
    expect(output.split('\n')).toEqual([
      `Attacking ${app.url} (loopback; codes are read at /dev/inbox.json)`,
      'pass     security-headers       11 answers carry them all; cookies: none is loose',
      'pass     replay                 used codes, and what log-out ended, open nothing',
      expect.stringMatching(/^2 passed, 0 failed, 0 skipped: \d+ requests in \d+ seconds\.$/),
      expect.stringMatching(
        /^Accounts made: 1\. .+ superuser can delete these in the panel: attack-\w{6}-01\.$/,
      ),
      '',
    ]);
  });
});

import { Like } from 'typeorm';
import { ATTACKS } from '../../src/cli/attack/all-attacks.js';
import { User } from '../../src/users/user.entity.js';
import { hours } from '../../src/common/clock.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { attacked, NO_REQUEST_LIMITS, runAttack } from './attack.fixture.js';

const PUMPING = ['pumping-by-prefix', 'pumping-by-address'];
const LIMITED = 'limited: the target sends no more codes to this address now; an hour helps';

const notPassed = ({ attacks }: Awaited<ReturnType<typeof attacked>>['report']) =>
  attacks.filter(({ outcome }) => outcome !== 'pass').map(({ name, outcome, told }) => `${outcome} ${name}: ${told}`);

describe('attack --self on an instance that holds its limits', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ environment: { ABUSE_LIMITS: 'enforce', ...NO_REQUEST_LIMITS } });
  });
  afterAll(() => app.close());

  it('nothing gets through, within one hour of an address; what it made is named', async () => {
    const { status, error, report } = await attacked(app.url);
    expect(notPassed(report)).toEqual([]);
    expect({ status, error }).toEqual({ status: 0, error: '' });
    expect(report.attacks).toHaveLength(ATTACKS.length);
    expect(report.attacks.at(-1)?.told).toMatch(/^[1-9]\d* more messages went out before the limit \(hour of the network\); forged addresses got none after it$/);
    expect(report.requests).toBeLessThan(1500);

    const users = await app.db.getRepository(User).findBy({ username: Like('attack-%') });
    expect(report.made.sort()).toEqual(users.map(({ username }) => username).sort());
    const confirmed = users.filter(({ phoneNumberVerified }) => phoneNumberVerified).map(({ username }) => username);
    expect(report.staying.sort()).toEqual(confirmed.sort());
  });

  it('what an earlier run has used up is named, not judged', async () => {
    const { status, error, report } = await attacked(app.url, ['guessing', 'replay']);
    expect(notPassed(report)).toEqual(['replay', 'guessing'].map((name) => `skipped ${name}: ${LIMITED}`));
    expect({ status, error }).toEqual({ status: 2, error: 'Nothing could be judged.\n' });
  });
});

describe('attack --self on an instance that only records', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('nothing gets through but what is let through by choice', async () => {
    const { status, report } = await attacked(app.url, [], { ABUSE_LIMITS: 'record' });
    expect(notPassed(report)).toEqual(PUMPING.map((name) => `skipped ${name}: ABUSE_LIMITS=record lets it through`));
    expect(status).toBe(0);
  });

  it('tells a table, a line each, and no number, code or token', async () => {
    // The names that were tried before make this network wait.
    app.clock.advance(hours(5));
    const { status, output } = await runAttack(['--self', '--target', app.url, '--only', 'replay', 'security-headers']);
    expect(status).toBe(0);
    expect(output.split('\n')).toEqual([
      `Attacking ${app.url} (loopback; codes are read at /dev/inbox.json)`,
      'pass     security-headers       11 answers carry them all; cookies: none is loose',
      'pass     replay                 used codes, and what log-out ended, open nothing',
      expect.stringMatching(/^2 passed, 0 failed, 0 skipped: \d+ requests in \d+ seconds\.$/),
      expect.stringMatching(/^Accounts made: 1\. .+ superuser can delete these in the panel: attack-\w{6}-01\.$/),
      '',
    ]);
  });
});

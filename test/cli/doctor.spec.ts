import { minutes } from '../../src/common/clock.js';
import { migrations } from '../../src/database/migrations/index.js';
import { FakeTwilioVerify } from '../support/fake-twilio-verify.js';
import { Surgery } from './doctor.fixture.js';

const DATABASE = 'ok database: It answers and is migrated.';
const TWILIO = 'ok self:twilio: Twilio accepts our credentials.';
const PUBLIC_URL = 'ok PUBLIC_URL: Delivery receipts come to https://accounts.example.';
const MIGRATIONS = migrations.map(({ name }) => name).join(', ');

const text = (...lines: string[]) => lines.map((line) => `${line}\n`).join('');
const verdict = (bad: number, of: number) =>
  `Not all is well: ${bad} of ${of} lines begin with !!.\n`;

describe('doctor', () => {
  let surgery: Surgery;
  beforeEach(async () => {
    surgery = await Surgery.open();
    await surgery.migrate();
  });
  afterEach(() => surgery.close());

  it('finds all well, and sends nothing', async () => {
    expect(await surgery.doctor()).toEqual({
      status: 0,
      output: text(DATABASE, TWILIO, PUBLIC_URL, 'All is well.'),
      error: '',
    });
    expect(surgery.twilio.messages).toEqual([]);
  });

  it('speaks of no receipts and no account where messages stay here', async () => {
    const { status, output } = await surgery.doctor('', {
      VERIFICATION_PROVIDER: 'self',
      PUBLIC_URL: '',
      TWILIO_ACCOUNT_SID: '',
      TWILIO_AUTH_TOKEN: '',
      TWILIO_FROM: '',
    });
    expect({ status, output }).toEqual({
      status: 0,
      output: text(DATABASE, 'ok self:inbox: Messages stay in memory.', 'All is well.'),
    });
  });

  const withRedis = process.env['TEST_REDIS_URL'] ? it : it.skip;
  withRedis('asks the Redis that counts requests', async () => {
    const REDIS_URL = process.env['TEST_REDIS_URL'] ?? '';
    expect((await surgery.doctor('', { REDIS_URL })).output).toContain(
      '\nok REDIS_URL: It answers.\n',
    );
    const refused = new URL(REDIS_URL);
    Object.assign(refused, { username: 'nobody', password: 'a-password-it-does-not-have' });
    const { status, output } = await surgery.doctor('', { REDIS_URL: refused.href });
    expect({ status, line: output.split('\n')[1] }).toEqual({
      status: 1,
      line: expect.stringMatching(/^!! REDIS_URL: .+ \([A-Z]+\): /) as string,
    });
    expect(output).not.toContain(refused.password);
  });

  it('knows a Redis that is not there', async () => {
    const { status, output } = await surgery.doctor('', { REDIS_URL: 'redis://127.0.0.1:1' });
    expect({ status, line: output.split('\n')[1] }).toEqual({
      status: 1,
      line: '!! REDIS_URL: It cannot be used (ECONNREFUSED): each instance counts requests for itself.',
    });
  });

  it('knows credentials that are refused', async () => {
    const { status, output, error } = await surgery.doctor('', { TWILIO_AUTH_TOKEN: 'bad-token' });
    expect(status).toBe(1);
    expect(output.split('\n')[1]).toMatch(
      /^!! self:twilio: Twilio does not accept our credentials: .+TWILIO_AUTH_TOKEN\.$/,
    );
    expect(error).toBe(verdict(1, 3));
  });

  it('knows a gateway that cannot be reached, and asks the others all the same', async () => {
    await surgery.twilio.close();
    const { status, output, error } = await surgery.doctor('', surgery.vonageAccount());
    expect(status).toBe(1);
    expect(output.split('\n').slice(1, 3)).toEqual([
      '!! self:twilio: Twilio cannot be reached: check the network and TWILIO_URL.',
      'ok self:vonage: Vonage accepts our credentials.',
    ]);
    expect(error).toBe(verdict(1, 4));
  });

  it('knows a clock that is wrong', async () => {
    const skewed = await Surgery.open({ slow: minutes(7) });
    const { status, output } = await skewed.doctor('', { MIGRATE_AT_START: 'on' });
    await skewed.close();
    expect(status).toBe(1);
    expect(output).toContain(
      '!! self:twilio: Our clock and that of Twilio differ by 7 minutes: set ours right.\n',
    );
  });

  it('asks a provider that no route names, for it may hold codes', async () => {
    const verify = await new FakeTwilioVerify({ authToken: 'another-token' }).start();
    const { status, output } = await surgery.doctor('', {
      TWILIO_VERIFY_SERVICE_SID: verify.serviceSid,
      TWILIO_VERIFY_URL: verify.url,
    });
    await verify.close();
    expect(status).toBe(1);
    expect(output).toMatch(/\n!! twilio-verify: Twilio does not accept our credentials/);
  });

  it('says of a provider that cannot be asked that it cannot be asked', async () => {
    const { status, output } = await surgery.doctor('', { AUTHY_KEY: 'key-of-authy' });
    expect(status).toBe(0);
    expect(output).toContain('ok authy: It cannot be asked without sending: --send tries it.\n');
    expect(output).not.toContain('key-of-authy');
  });

  it('knows settings that start, but do not do', async () => {
    const { status, output, error } = await surgery.doctor('', {
      PUBLIC_URL: '',
      TEST_NUMBERS: '+14155550100=975310',
      TEST_NUMBERS_UNTIL: '2001-01-31',
    });
    expect(status).toBe(1);
    expect(output).toMatch(
      /\n!! PUBLIC_URL: Delivery receipts cannot come to http:\/\/127\.0\.0\.1:3000: .+\n!! TEST_NUMBERS: .+\n$/,
    );
    expect(output + error).not.toMatch(/975310|4155550100/);
    expect(error).toBe(verdict(2, 4));
  });

  it.each(['', '--send +14155550123'])(
    'refuses with %p the settings that a start refuses',
    async (flags) => {
      expect(await surgery.doctor(flags, { TWILIO_FROM: '', PORT: 'x' })).toMatchObject({
        status: 78,
        output: '',
        error: expect.stringMatching(
          /^PORT: .+\nTWILIO_FROM: is required for self:twilio\n$/,
        ) as string,
      });
    },
  );

  it('refuses a key that stored passwords miss, as a start does', async () => {
    const flags = 'create-superuser --no-input --username root --phone-number +14155550100';
    await surgery.installation.run(flags, { SUPERUSER_PASSWORD: 'violet anchors drift' });
    const { status, error } = await surgery.doctor('', { SECRET_KEY: 'z'.repeat(32) });
    expect(status).toBe(78);
    expect(error).toMatch(/^SECRET_KEY: .+\n$/);
  });

  it('tells what it does', async () => {
    const { status, output } = await surgery.doctor('--help');
    expect(status).toBe(0);
    expect(output).toMatch(
      /Checks the settings against the services they name\.[^]+--send <number>/,
    );
  });
});

describe('doctor and the database', () => {
  let surgery: Surgery;
  beforeEach(async () => (surgery = await Surgery.open()));
  afterEach(() => surgery.close());

  const tables = () =>
    surgery.installation.query(({ manager }) => manager.query('SELECT name FROM sqlite_master'));

  it('that was never migrated: names what it lacks', async () => {
    const { status, output, error } = await surgery.doctor();
    expect(status).toBe(1);
    expect(output).toBe(
      text(
        `!! database: It lacks ${MIGRATIONS}: run "npm run ringback -- migrate".`,
        TWILIO,
        PUBLIC_URL,
      ),
    );
    expect(error).toBe(verdict(1, 3));
    expect(await tables()).toEqual([]);
  });

  it('that lacks one migration', async () => {
    await surgery.migrate();
    await surgery.installation.query(({ manager }) =>
      manager.query("DELETE FROM migrations WHERE name LIKE 'Messages%'"),
    );
    const { status, output } = await surgery.doctor();
    expect(status).toBe(1);
    expect(output).toContain('!! database: It lacks Messages1795000000003: run');
  });

  it('that the next start migrates: looks, and leaves it to the start', async () => {
    const { status, output } = await surgery.doctor('', { MIGRATE_AT_START: 'on' });
    expect(status).toBe(0);
    expect(output).toContain(`ok database: It answers. The next start runs ${MIGRATIONS}.\n`);
    expect(await tables()).toEqual([]);
  });

  it('that is not there: asks the providers all the same', async () => {
    const { status, output, error } = await surgery.doctor('', {
      DATABASE_URL: 'mysql://ringback:bad-secret@127.0.0.1:1/ringback',
    });
    expect(status).toBe(1);
    expect(output.split('\n')).toEqual([
      '!! database: DATABASE_URL: nothing listens at 127.0.0.1:1 (ECONNREFUSED)',
      TWILIO,
      PUBLIC_URL,
      '',
    ]);
    expect(output + error).not.toContain('bad-secret');
  });
});

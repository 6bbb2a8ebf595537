import { FakeClock } from '../support/fake-clock.js';
import { AuthyProvider } from '../../src/phone-verification/providers/authy.provider.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { FakeAuthy } from '../support/fake-authy.js';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeTwoFactorAccount } from '../support/two-factor-account.js';

const KEY = 'a-secret-authy-key';
const FAULTS = [
  'slow',
  'slow-mid-answer',
  'reset',
  'reset-mid-answer',
  'html',
  'empty',
  'truncated',
  'success-as-string',
  'redirect',
  '500',
  'suspended',
  'bad-key',
  'throttled',
] as const;

describe('a provider that is down, slow or talks nonsense', () => {
  let authy: FakeAuthy;
  let app: TestApp;
  beforeAll(async () => {
    authy = await new FakeAuthy({ key: KEY, now: () => app.clock.now().getTime() }).start();
    const environment = { VERIFICATION_PROVIDER: 'authy', AUTHY_KEY: KEY, AUTHY_URL: authy.url };
    app = await startApp({
      environment,
      provider: new AuthyProvider(
        { AUTHY_KEY: KEY, AUTHY_URL: authy.url },
        { clock: new FakeClock(), timeout: 400 },
      ),
    });
  });
  beforeEach(() => {
    authy.heal();
    app.clock.advance(3_600_000);
  });
  afterAll(async () => {
    await app.close();
    await authy.close();
  });

  it.each(FAULTS)(
    '%s at the start: the page says so, nothing is lost, asking again works',
    async (fault) => {
      const browser = new PagePerson(app.url);
      const form = somebody();
      authy.fail('start', fault);
      expect(await browser.register(form)).toMatchObject({ status: 303 });
      const page = await browser.get('/verify/');
      expect(page.status).toBe(200);
      expect(page.text).toContain('verification code not sent.');
      expect(page.html).not.toMatch(
        new RegExp(`${KEY}|api\\.authy|127\\.0\\.0\\.1:\\d|<h1>Internal`),
      );
      authy.heal();
      app.clock.advance(31_000);
      expect(await browser.resend()).toMatchObject({ status: 303 });
      await browser.confirm(authy.codeFor(form.phoneNumber));
      expect(await browser.where()).toBe('active');
    },
  );

  it.each(FAULTS)(
    '%s at the check: provider_unavailable, the try is given back, the right code still works',
    async (fault) => {
      const program = new ApiPerson(app.url);
      const form = somebody();
      await program.register(form);
      authy.fail('check', fault);
      // Six digits that are surely not the code: one that is would be used up by an answer that got
      // lost.
      const code = authy.codeFor(form.phoneNumber);
      for (let tries = 0; tries < 3; tries += 1) {
        expect(await program.confirm(code === '000000' ? '000001' : '000000')).toMatchObject({
          status: 503,
          error: 'provider_unavailable',
        });
      }
      authy.heal();
      expect(await program.confirm(code)).toMatchObject({ status: 200 });
    },
  );

  it('answers that are lost cannot be used to guess without end', async () => {
    const program = new ApiPerson(app.url);
    await program.register(somebody());
    authy.checks.length = 0;
    authy.fail('check', 'reset');
    for (let tries = 0; tries < 30; tries += 1) await program.confirm('000000');
    expect(authy.checks.length).toBeLessThanOrEqual(15);
  });

  it('gone altogether: log-in leads to the confirm page, from where it goes on', async () => {
    const form = await makeTwoFactorAccount(app);
    await authy.close();
    const browser = new PagePerson(app.url);
    expect(await browser.logIn(form.username, PASSWORD)).toMatchObject({ status: 303 });
    expect((await browser.get('/verify/')).text).toContain('verification code not sent.');
    expect(await browser.resend()).toMatchObject({ status: 503 });
    await authy.start();
    expect(await browser.resend()).toMatchObject({ status: 303 });
    await browser.confirm(authy.codeFor(form.phoneNumber));
    expect(await browser.where()).toBe('active');
  });

  it('refuses the number: the row is undone, the form says why, the name is free', async () => {
    const form = somebody();
    authy.fail('start', { errorCode: '60082' });
    const refused = await new ApiPerson(app.url).register(form);
    expect(refused).toMatchObject({
      status: 422,
      error: 'validation_failed',
      fields: { phone_number: expect.stringContaining('landline') as string },
    });
    expect(await app.db.getRepository(User).countBy({ username: form.username })).toBe(0);
  });

  it('the key is in no log line, whatever happened above', () => {
    expect(app.logs.join('')).not.toContain(KEY);
    expect(authy.trapped).toEqual([]);
  });
});

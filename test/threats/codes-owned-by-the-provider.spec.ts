import { FakeClock } from '../support/fake-clock.js';
import { AuthyProvider } from '../../src/phone-verification/providers/authy.provider.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { FakeAuthy } from '../support/fake-authy.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeTwoFactorAccount } from '../support/two-factor-account.js';
import { wrong } from '../support/ways.js';

onBothDatabases('codes that belong to a number, not to a session', (database) => {
  let authy: FakeAuthy;
  let app: TestApp;
  beforeAll(async () => {
    authy = await new FakeAuthy({ now: () => app.clock.now().getTime() }).start();
    app = await startApp({
      database,
      provider: new AuthyProvider(
        { AUTHY_KEY: authy.key, AUTHY_URL: authy.url },
        { clock: new FakeClock() },
      ),
    });
  });
  afterAll(async () => {
    await app.close();
    await authy.close();
  });
  const stranger = async (phoneNumber: string) => {
    const person = new ApiPerson(app.url);
    const outcome = await person.register({ ...somebody(), phoneNumber });
    return { person, outcome };
  };
  const seen = (phoneNumber: string) => {
    const of = (requests: FakeAuthy['started']) =>
      requests.filter(
        ({ params }) => `+${params['country_code']}${params['phone_number']}` === phoneNumber,
      ).length;
    return { started: of(authy.started), checks: of(authy.checks) };
  };

  it("while the owner logs in, a stranger's registration sends nothing, checks nothing, and looks as usual", async () => {
    const form = await makeTwoFactorAccount(app);
    const owner = new ApiPerson(app.url);
    await owner.logIn(form.username, PASSWORD);
    expect(seen(form.phoneNumber)).toEqual({ started: 1, checks: 0 });
    const { person, outcome } = await stranger(form.phoneNumber);
    expect(outcome).toEqual({ status: 201 });
    expect(person.last?.body['confirmation']).toMatchObject({
      sent_at: expect.any(String) as string,
      attempts_left: 5,
      notice: null,
    });
    const code = authy.codeFor(form.phoneNumber);
    expect(await person.confirm(code)).toMatchObject({ error: 'wrong_code', attemptsLeft: 4 });
    for (let tries = 0; tries < 6; tries += 1) await person.confirm(wrong(code));
    expect(seen(form.phoneNumber)).toEqual({ started: 1, checks: 0 });
    expect(await owner.confirm(code)).toMatchObject({ status: 200 });
  });

  it("strangers' wrong codes are counted for the number, and apart from its owner's", async () => {
    const form = await makeTwoFactorAccount(app);
    for (let round = 0; round < 4; round += 1) {
      const { person } = await stranger(form.phoneNumber);
      for (let tries = 0; tries < 5; tries += 1) await person.confirm('000000');
      app.clock.advance(130_000);
    }
    expect(seen(form.phoneNumber).checks).toBeLessThanOrEqual(10);
    const owner = new ApiPerson(app.url);
    await owner.logIn(form.username, PASSWORD);
    expect(await owner.confirm(authy.codeFor(form.phoneNumber))).toMatchObject({ status: 200 });
  });

  it('a code that was used up proves nothing to the next one who has the number', async () => {
    const form = somebody();
    const first = new ApiPerson(app.url);
    await first.register(form);
    const code = authy.codeFor(form.phoneNumber);
    await first.confirm(code);
    app.clock.advance(60_000);
    const { person } = await stranger(form.phoneNumber);
    const again = authy.codeFor(form.phoneNumber);
    if (again !== code) expect(await person.confirm(code)).toMatchObject({ error: 'wrong_code' });
    expect(await person.confirm(again)).toMatchObject({ error: 'phone_number_taken' });
  });
});

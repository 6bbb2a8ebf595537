import { AuthyProvider } from '../../src/phone-verification/providers/authy.provider.js';
import { TwilioVerifyProvider } from '../../src/phone-verification/providers/twilio-verify.provider.js';
import { ApiPerson } from '../support/api-person.js';
import { FakeAuthy } from '../support/fake-authy.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakeTwilioVerify } from '../support/fake-twilio-verify.js';
import { somebody } from '../support/people.js';
import { PagePerson } from '../support/page-person.js';
import { startApp, type TestApp } from '../support/start-app.js';

const NO_GUESS = { status: 422, error: 'validation_failed' };

const settingsOf = ({ accountSid, authToken, serviceSid, url }: FakeTwilioVerify) => ({
  TWILIO_ACCOUNT_SID: accountSid,
  TWILIO_AUTH_TOKEN: authToken,
  TWILIO_VERIFY_SERVICE_SID: serviceSid,
  TWILIO_VERIFY_URL: url,
});

describe('codes that the provider makes', () => {
  let app: TestApp;
  const newcomer = async <P extends PagePerson | ApiPerson>(person: P) => {
    const form = somebody();
    expect(await person.register(form)).not.toHaveProperty('error');
    return { person, phoneNumber: form.phoneNumber };
  };

  it('Authy is asked for six digits: what has others, or none, it never sees', async () => {
    const authy = await new FakeAuthy({ now: () => app.clock.now().getTime() }).start();
    app = await startApp({
      provider: new AuthyProvider(
        { AUTHY_KEY: authy.key, AUTHY_URL: authy.url },
        { clock: new FakeClock() },
      ),
    });
    const { person, phoneNumber } = await newcomer(new ApiPerson(app.url));
    for (const typed of ['', ' ', '12345', '1234567', 'no code'])
      expect(await person.confirm(typed)).toMatchObject(NO_GUESS);
    expect(authy.checks).toEqual([]);
    const code = authy.codeFor(phoneNumber);
    expect(
      await person.confirm(`Your code is ${code}. It expires in 10 minutes.`),
    ).not.toHaveProperty('error');
    expect(authy.checks.map(({ params }) => params['verification_code'])).toEqual([code]);
    await app.close();
    await authy.close();
  });

  it.each([4, 6, 8, 10])(
    'Twilio Verify set up for %d digits: all others are no guess, and never checked',
    async (codeLength) => {
      const twilio = await new FakeTwilioVerify({
        codeLength,
        now: () => app.clock.now().getTime(),
      }).start();
      const provider = new TwilioVerifyProvider(settingsOf(twilio), { clock: new FakeClock() });
      app = await startApp({ provider });
      const asked = (operation: string) =>
        twilio.seen.filter((request) => request.operation === operation);
      const { person, phoneNumber } = await newcomer(new PagePerson(app.url));
      expect((await person.get('/verify/')).html).toContain('data-code="4-10"');
      for (const typed of ['', '123', '12345', '1234567', '123456789', '12345678901', 'no code'])
        expect(await person.confirm(typed)).toMatchObject(NO_GUESS);
      expect((await person.get('/verify/')).html).toContain(
        `data-code="${codeLength}-${codeLength}"`,
      );
      expect([asked('check').length, asked('service').length]).toEqual([0, 1]);
      const code = twilio.codeFor(phoneNumber);
      expect(await person.confirm(`${code}${code}`)).not.toHaveProperty('error');
      expect(asked('check').map(({ params }) => params['Code'])).toEqual([code]);
      await app.close();
      await twilio.close();
    },
  );

  it('Twilio Verify that does not tell its length is asked about anything that may be a code', async () => {
    const twilio = await new FakeTwilioVerify({
      codeLength: 8,
      now: () => app.clock.now().getTime(),
    }).start();
    twilio.fail('service', 'slow');
    const clock = new FakeClock();
    app = await startApp({
      provider: new TwilioVerifyProvider(settingsOf(twilio), { timeout: 100, clock }),
    });
    const { person, phoneNumber } = await newcomer(new ApiPerson(app.url));
    expect(await person.confirm('123')).toMatchObject(NO_GUESS);
    expect(await person.confirm('12345')).toMatchObject({ error: 'wrong_code', attemptsLeft: 4 });
    expect(await person.confirm(twilio.codeFor(phoneNumber))).not.toHaveProperty('error');
    await app.close();
    await twilio.close();
  });
});

import { jest } from '@jest/globals';
import { seconds } from '../../src/common/clock.js';
import { VerificationProviders } from '../../src/phone-verification/providers/verification-providers.js';
import { FakeTwilioVerify } from '../support/fake-twilio-verify.js';
import { booksOf } from '../support/message-books.js';
import { everyWay, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';

const TOKEN = 'token-that-stays-secret';
const BY_VERIFY = 'self:twilio-verify';

everyWay('codes made here, carried by Twilio Verify', ({ database, person }) => {
  let twilio: FakeTwilioVerify;
  let app: TestApp;
  /** What was told of a confirmed code, one promise each. */
  let told: () => readonly Promise<void>[];
  beforeEach(async () => {
    twilio = await new FakeTwilioVerify({
      authToken: TOKEN,
      customCodes: true,
      now: () => app.clock.now().getTime(),
    }).start();
    const environment = {
      VERIFICATION_PROVIDER: `${BY_VERIFY},self:inbox`,
      TWILIO_ACCOUNT_SID: twilio.accountSid,
      TWILIO_AUTH_TOKEN: TOKEN,
      TWILIO_VERIFY_SERVICE_SID: twilio.serviceSid,
      TWILIO_VERIFY_URL: twilio.url,
    };
    app = await startApp({ database, environment });
    const provider = app.app.get(VerificationProviders, { strict: false }).named(BY_VERIFY);
    const confirmed = jest.spyOn(provider as Required<NonNullable<typeof provider>>, 'confirmed');
    told = () => confirmed.mock.results.map(({ value }) => value as Promise<void>);
  });
  afterEach(async () => {
    await app.close();
    await twilio.close();
  });

  const newcomer = async () => {
    const form = somebody();
    const one = person(app.url);
    expect(await one.register(form)).not.toHaveProperty('error');
    return { one, phoneNumber: form.phoneNumber, code: twilio.codeFor(form.phoneNumber) };
  };
  const approvals = () => twilio.seen.filter(({ params }) => params['Status'] === 'approved');

  it('the code that Twilio was given is the one that works, and Twilio hears of it once', async () => {
    const { one, phoneNumber, code } = await newcomer();
    expect(twilio.seen).toMatchObject([
      { operation: 'start', params: { To: phoneNumber, Channel: 'sms', CustomCode: code } },
    ]);
    const { challenge, messages } = await booksOf(app, phoneNumber);
    expect(challenge.provider).toBe('self');
    expect(messages).toMatchObject([
      { provider: BY_VERIFY, status: 'sent', gatewayId: expect.stringMatching(/^VE/) as string },
    ]);

    expect(await one.confirm(code === '000000' ? '000001' : '000000')).toMatchObject({
      error: 'wrong_code',
      attemptsLeft: 4,
    });
    expect(told()).toEqual([]);
    expect(await one.confirm(code)).not.toHaveProperty('error');
    expect(await one.where()).toBe('active');
    await Promise.all(told());
    expect(approvals()).toHaveLength(1);
    expect(twilio.statusOf(messages[0]?.gatewayId ?? '')).toBe('approved');
    expect(twilio.seen.map(({ operation }) => operation)).toEqual(['start', 'update']);
    for (const secret of [TOKEN, code, phoneNumber]) expect(app.logs.join()).not.toContain(secret);
  });

  it("a wrong key is the operator's to mend: in the log and the numbers; another one carries the code", async () => {
    twilio.fail('start', 'bad-key');
    const one = person(app.url);
    expect(await one.register(somebody())).not.toHaveProperty('error');
    expect(await one.where()).toBe('confirmation_required');
    expect(app.logs.join()).toContain(
      'Twilio does not accept our credentials (20003): check TWILIO_ACCOUNT_SID',
    );
    const numbers = await (await fetch(`${app.url}/metrics`)).text();
    expect(numbers).toContain(`ringback_provider_alarms_total{provider="${BY_VERIFY}"} 1`);
  });

  it('nobody waits for Twilio to hear of it, and nobody minds when it does not', async () => {
    const { one, code } = await newcomer();
    twilio.fail('update', 'slow');
    const heard = jest.fn();
    const confirmed = one.confirm(code);
    expect(await confirmed).not.toHaveProperty('error');
    void told()[0]?.then(heard);
    await Promise.resolve();
    expect(heard).not.toHaveBeenCalled();
    expect(await one.where()).toBe('active');

    await twilio.close();
    await expect(Promise.all(told())).resolves.toEqual([undefined]);
    for (const secret of [TOKEN, code]) expect(app.logs.join()).not.toContain(secret);
  });

  it('the same code goes out by the next sender when Twilio cannot carry it; then there is nothing to tell', async () => {
    const { one, phoneNumber, code } = await newcomer();
    app.clock.advance(seconds(30));
    twilio.fail('start', { errorCode: '60203' });
    expect(await one.resend()).not.toHaveProperty('error');
    expect(app.codeFor(phoneNumber)).toBe(code);
    expect(await one.confirm(code)).not.toHaveProperty('error');
    expect(told()).toEqual([]);
  });

  it('by a service that takes no codes of ours nothing goes out, and the next sender carries it', async () => {
    twilio.fail('start', {
      answer: {
        status: 403,
        body: { code: 60204, message: 'Custom code not allowed', status: 403 },
      },
    });
    const one = person(app.url);
    const form = somebody();
    expect(await one.register(form)).not.toHaveProperty('error');
    expect(twilio.messages).toEqual([]);
    expect(app.logs.join()).toContain('Our Verify service takes no codes made here');
    expect(await one.confirm(app.codeFor(form.phoneNumber))).not.toHaveProperty('error');
  });
});

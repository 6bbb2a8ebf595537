import { seconds } from '../../src/common/clock.js';
import { FakeTwilioVerify } from '../support/fake-twilio-verify.js';
import { everyWay, PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeTwoFactorAccount } from '../support/two-factor-account.js';

const TRIES = 5;

everyWay(
  'a code whose tries are used up, at a provider that counts them too',
  ({ database, person }) => {
    let twilio: FakeTwilioVerify;
    let app: TestApp;
    beforeAll(async () => {
      twilio = await new FakeTwilioVerify({ now: () => app.clock.now().getTime() }).start();
      app = await startApp({
        database,
        environment: {
          VERIFICATION_PROVIDER: 'twilio-verify',
          TWILIO_ACCOUNT_SID: twilio.accountSid,
          TWILIO_AUTH_TOKEN: twilio.authToken,
          TWILIO_VERIFY_SERVICE_SID: twilio.serviceSid,
          TWILIO_VERIFY_URL: twilio.url,
        },
      });
    });
    beforeEach(() => {
      twilio.heal();
      twilio.seen.length = 0;
    });
    afterAll(async () => {
      await app.close();
      await twilio.close();
    });

    const afterWrongCodes = async (count: number) => {
      const one = person(app.url);
      const { phoneNumber, ...form } = somebody();
      expect(await one.register({ ...form, phoneNumber })).not.toHaveProperty('error');
      const code = twilio.codeFor(phoneNumber);
      const wrong = code === '000000' ? '000001' : '000000';
      for (let tries = 1; tries <= count; tries += 1) {
        expect(await one.confirm(wrong)).toMatchObject({
          error: 'wrong_code',
          attemptsLeft: TRIES - tries,
        });
      }
      app.clock.advance(seconds(30));
      return { one, phoneNumber };
    };
    const operations = () => twilio.seen.map(({ operation }) => operation);

    it('is cancelled there before a new one is asked for, and the new one works', async () => {
      const { one, phoneNumber } = await afterWrongCodes(TRIES);
      expect(await one.resend()).not.toHaveProperty('error');
      expect(operations()).toEqual([
        'start',
        ...Array<string>(TRIES).fill('check'),
        'update',
        'start',
      ]);
      expect(twilio.seen.at(-2)?.params).toEqual({ Status: 'canceled' });
      expect(await one.confirm(twilio.codeFor(phoneNumber))).not.toHaveProperty('error');
      expect(await one.where()).toBe('active');
    });

    it("is let alone while it is the owner's as well: no stranger takes it away", async () => {
      const owner = await makeTwoFactorAccount(app);
      const stranger = person(app.url);
      expect(
        await stranger.register({ ...somebody(), phoneNumber: owner.phoneNumber }),
      ).not.toHaveProperty('error');
      const logIn = person(app.url);
      expect(await logIn.logIn(owner.username, PASSWORD)).not.toHaveProperty('error');
      for (let tries = 0; tries < TRIES; tries += 1) await stranger.confirm('000000');
      app.clock.advance(seconds(60));
      await stranger.resend();
      expect(operations()).not.toContain('update');
      expect(await logIn.confirm(twilio.codeFor(owner.phoneNumber))).not.toHaveProperty('error');
      expect(await logIn.where()).toBe('active');
    });

    it('is let alone while tries are left', async () => {
      const { one, phoneNumber } = await afterWrongCodes(TRIES - 1);
      expect(await one.resend()).not.toHaveProperty('error');
      expect(operations()).not.toContain('update');
      expect(await one.confirm(twilio.codeFor(phoneNumber))).not.toHaveProperty('error');
    });

    it('does not keep the person from a new one when it cannot be cancelled', async () => {
      const { one } = await afterWrongCodes(TRIES);
      twilio.fail('update', 'reset');
      expect(await one.resend()).not.toHaveProperty('error');
      expect(operations().slice(-2)).toEqual(['update', 'start']);
    });

    it('is let alone while a new one has to wait', async () => {
      const { one } = await afterWrongCodes(TRIES);
      app.clock.advance(-seconds(20));
      expect(await one.resend()).toMatchObject({ error: 'too_many_requests' });
      expect(operations()).not.toContain('update');
    });
  },
);

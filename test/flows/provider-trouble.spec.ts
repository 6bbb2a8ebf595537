import { seconds } from '../../src/common/clock.js';
import type { SendResult } from '../../src/messaging/vendors/sms-sender.js';
import { somebody } from '../support/people.js';
import { RIGHT_CODE, ScriptedProvider } from '../support/scripted-provider.js';
import { throughApi, throughBothFaces, throughPages } from '../support/ways.js';

const provider = new ScriptedProvider();
const NOT_SENT = { status: 503, error: 'provider_unavailable' };

throughBothFaces(
  'a message that does not go out',
  ({ app, visitor }) => {
    beforeEach(() => provider.recover());

    const registerWhile = async (onStart: SendResult) => {
      provider.onStart = onStart;
      const person = visitor();
      const form = somebody();
      expect(await person.register(form)).not.toHaveProperty('error');
      expect(await person.where()).toBe('confirmation_required');
      return { person, form };
    };
    const member = async () => {
      provider.recover();
      const person = visitor();
      const form = somebody();
      await person.register(form);
      await person.confirm(RIGHT_CODE);
      await person.setTwoFactor(true);
      await person.logOut();
      return form;
    };

    it('provider unreachable at registration: a pending session all the same, and it may be asked for at once', async () => {
      const { person } = await registerWhile({ outcome: 'unavailable' });
      expect(await person.resend()).toMatchObject(NOT_SENT);
      provider.recover();
      expect(await person.resend()).not.toHaveProperty('error');
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
      expect(await person.where()).toBe('active');
    });

    it('blocks neither the username nor the number', async () => {
      const { person, form } = await registerWhile({ outcome: 'unavailable' });
      provider.recover();
      const other = visitor();
      expect(
        await other.register({ ...somebody(), phoneNumber: form.phoneNumber }),
      ).not.toHaveProperty('error');
      expect(await other.confirm(RIGHT_CODE)).not.toHaveProperty('error');
      expect(
        await person.register({ ...form, phoneNumber: somebody().phoneNumber }),
      ).not.toHaveProperty('error');
    });

    it('surely not accepted: wait and budgets are given back, however often', async () => {
      const { person } = await registerWhile({ outcome: 'unavailable' });
      for (let asks = 0; asks < 12; asks += 1)
        expect(await person.resend()).toMatchObject(NOT_SENT);
      provider.recover();
      expect(await person.resend()).not.toHaveProperty('error');
    });

    it('outcome unknown: it counts, and the wait holds', async () => {
      const { person } = await registerWhile({ outcome: 'unknown' });
      provider.recover();
      expect(await person.resend()).toMatchObject({
        status: 429,
        error: 'too_many_requests',
        retryAfter: 30,
      });
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });

    it('throttled by the provider: told for how long, and not counted', async () => {
      const { person } = await registerWhile({ outcome: 'throttled', retryAfter: 17 });
      expect(await person.resend()).toMatchObject({ ...NOT_SENT, retryAfter: 17 });
      app().clock.advance(seconds(17));
      provider.recover();
      expect(await person.resend()).not.toHaveProperty('error');
    });

    it.each([
      ['invalid_number', 'Enter a valid phone number.'],
      ['landline', 'This looks like a landline. Enter a number that can receive text messages.'],
      ['unsupported_country', 'We cannot send messages to this country.'],
      ['unreachable', 'This number cannot be reached. Check it, or use another one.'],
    ] as const)(
      'refused as %s: the row is undone, and the reason stands at phone_number',
      async (reason, sentence) => {
        provider.onStart = { outcome: 'refused', reason };
        const person = visitor();
        const form = somebody();
        expect(await person.register(form)).toMatchObject({
          status: 422,
          error: 'validation_failed',
          fields: { phone_number: sentence },
        });
        expect(await person.where()).toBe('stranger');
        expect(
          await app().db.query('SELECT id FROM users WHERE username = ?', [form.username]),
        ).toEqual([]);
        provider.recover();
        expect(await visitor().register(form)).not.toHaveProperty('error');
      },
    );

    it.each<SendResult>([
      { outcome: 'unavailable' },
      { outcome: 'unknown' },
      { outcome: 'refused', reason: 'unreachable' },
    ])(
      'at log-in ($outcome): the pending session opens, and nothing of the account is lost',
      async (onStart) => {
        const form = await member();
        provider.onStart = onStart;
        const person = visitor();
        expect(await person.logIn(form.username, form.password)).not.toHaveProperty('error');
        expect(await person.where()).toBe('confirmation_required');
        provider.recover();
        app().clock.advance(seconds(30));
        expect(await person.resend()).not.toHaveProperty('error');
        expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
        expect(await person.where()).toBe('active');
      },
    );
  },
  { provider },
);

throughPages(
  'a message that does not go out, on the confirm page',
  ({ visitor }) => {
    beforeEach(() => provider.recover());

    it('"verification code not sent.", with a button to send it at once', async () => {
      provider.onStart = { outcome: 'unavailable' };
      const person = visitor();
      await person.register(somebody());
      const page = await person.get('/verify/');
      expect(page.errors).toEqual(['verification code not sent.']);
      expect(page.text).toContain('Send the code');
      expect(page.text).not.toContain('You can ask for it in');
      expect(page.text).not.toContain('One-Time password sent');
    });

    it('the form comes back with what was typed', async () => {
      provider.onStart = { outcome: 'refused', reason: 'landline' };
      const form = somebody();
      const { html } = await visitor().post('/register/', {
        username: form.username,
        country_code: '1',
        phone_number: form.phoneNumber.slice(2),
        full_name: 'Kept',
        password1: form.password,
        password2: form.password,
      });
      for (const value of [form.username, form.phoneNumber.slice(2), 'Kept'])
        expect(html).toContain(`value="${value}"`);
      expect(html).not.toContain(form.password);
    });

    it('a failed resend keeps the code that was sent before', async () => {
      const person = visitor();
      await person.register(somebody());
      provider.onStart = { outcome: 'unknown' };
      const early = await person.post('/verify/resend', {});
      expect([early.status, early.retryAfter]).toEqual([429, 30]);
      expect(early.text).toContain('Enter the one-time password');
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
    });
  },
  { provider },
);

throughApi(
  'a message that does not go out, in the session answer',
  ({ app, visitor }) => {
    beforeEach(() => provider.recover());

    it.each([
      ['unavailable', 0],
      ['unknown', 30],
      ['throttled', 30],
    ] as const)('%s: 201, sent_at null, notice, resend_at in %d s', async (outcome, wait) => {
      provider.onStart = { outcome };
      const person = visitor();
      await person.register(somebody());
      const resendAt = new Date(app().clock.now().getTime() + seconds(wait)).toISOString();
      const confirmation = {
        sent_at: null,
        notice: 'provider_unavailable',
        resend_at: resendAt,
        attempts_left: 5,
      };
      expect(person.last).toMatchObject({
        status: 201,
        body: { state: 'confirmation_required', confirmation },
      });
      expect((await person.call('GET', '/session')).body).toMatchObject({ confirmation });
    });
  },
  { provider },
);

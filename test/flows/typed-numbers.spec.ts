import { hashToken } from '../../src/common/token.js';
import { somebody } from '../support/people.js';
import type { Registration } from '../support/person.js';
import type { TestApp } from '../support/start-app.js';
import { throughApi, throughBothFaces, throughPages } from '../support/ways.js';

interface Stored {
  phone_number: string;
  country_code: number;
}

async function stored({ db }: TestApp, { username }: Registration): Promise<Stored | undefined> {
  const [row] = await db.query<Stored[]>(
    'SELECT phone_number, country_code FROM users WHERE username = ?',
    [username],
  );
  return row && { ...row };
}

throughBothFaces('a phone number as typed', ({ app, visitor }) => {
  it.each([
    ['international', '+91 98765 43210', '', '+919876543210', 91],
    ['international with its country code', '+91 98765 43210', '91', '+919876543210', 91],
    ['national', '(415) 555-0111', '1', '+14155550111', 1],
    ['national of a country by its letters', '415.555.0112', 'US', '+14155550112', 1],
    ['the number decides, whatever is chosen', '+49 1512 3456789', '1', '+4915123456789', 49],
    ['behind an international prefix', '0049 1512 3456780', '49', '+4915123456780', 49],
    ['with its code and no +', '4915123456781', 'DE', '+4915123456781', 49],
    ['of Argentina, without the mobile 9', '+54 11 2345-6789', '', '+5491123456789', 54],
    ['of Mexico, as dialled before 2019', '044 55 1234 5678', 'MX', '+525512345678', 52],
    ['as typed in India', '0919876543214', '91', '+919876543214', 91],
    ['a link', 'tel:+44-7400-123456', '', '+447400123456', 44],
    ['with the zero that is dialled inside the country', '098765 43212', '91', '+919876543212', 91],
    [
      'with a leading zero that belongs to it (Ivory Coast)',
      '07 57 12 34 57',
      '225',
      '+2250757123457',
      225,
    ],
    ['with a leading zero that belongs to it (Gabon)', '074 12 34 56', '241', '+24174123456', 241],
    ['in the digits of another script', '٠٩٨٧٦٥٤٣٢١٣', '91', '+919876543213', 91],
  ])('%s', async (_, phoneNumber, countryCode, e164, code) => {
    const form = { ...somebody(), phoneNumber, countryCode };
    expect(await visitor().register(form)).not.toHaveProperty('error');
    expect(await stored(app(), form)).toEqual({ phone_number: e164, country_code: code });
    expect(app().sent(e164)).toBeGreaterThan(0);
    app().clock.advance(3_600_000);
  });

  it("a national number without a country is nobody's: the country is asked for", async () => {
    const outcome = await visitor().register({ ...somebody(), phoneNumber: '1512 3456789' });
    expect(outcome).toMatchObject({ status: 422, error: 'validation_failed' });
    const sentence = 'Choose your country, or begin the phone number with + and its country code.';
    expect(outcome.fields).toEqual({ country_code: sentence });
  });

  it.each([
    ['a premium number', '+1 900 555 0123'],
    ['a toll-free number', '+1 800 234 5678'],
    ['a landline', '+49 30 901820'],
    ['a number too short', '+1 415 555'],
    ['letters', '+1 415 FLOWERS'],
    ['an extension', '+14155550100 ext 5'],
  ])('%s is refused at phone_number', async (_, phoneNumber) => {
    const outcome = await visitor().register({ ...somebody(), phoneNumber });
    expect(outcome).toMatchObject({ status: 422, error: 'validation_failed' });
    expect(Object.keys(outcome.fields!)).toEqual(['phone_number']);
  });
});

throughPages('the number on the confirm page', ({ visitor, newcomer, app }) => {
  it('is whole, with its country, for the browser that typed it, on every answer', async () => {
    const { person } = await newcomer({ phoneNumber: '01512 3456700', countryCode: 'DE' });
    const whole = '+49 1512 3456700 (Germany)';
    expect((await person.get('/verify/')).text).toContain(whole);
    expect((await person.post('/verify/', { one_time_password: '' })).text).toContain(whole);
    expect((await person.post('/verify/resend', {})).text).toContain(whole);
  });

  it('is masked at log-in, also where the number was never confirmed, and where the browser typed it once', async () => {
    const { person, form } = await newcomer({ phoneNumber: '+49 1512 3456701' });
    app().clock.advance(60_000);
    for (const browser of [visitor(), person]) {
      await browser.logIn(form.username, form.password);
      const { text } = await browser.get('/verify/');
      expect(text).toContain('+49 ••••• •6701');
      expect(text).not.toContain('3456701');
    }
  });

  it('is masked for one who makes the cookie up without knowing the number', async () => {
    const { form } = await newcomer({ phoneNumber: '+49 1512 3456702' });
    app().clock.advance(60_000);
    const thief = visitor();
    await thief.logIn(form.username, form.password);
    const own = hashToken(thief.token() ?? '').slice(0, 16);
    for (const value of ['', '.', `${own}.`, `${own}.4915123456700`]) {
      thief.jar.set('number', value);
      expect((await thief.get('/verify/')).text).not.toContain('3456702');
    }
  });
});

/**
 * A number of the Seychelles behind the American prefix for calls abroad, or one of the United
 * States.
 */
const TWO_READINGS = '011 248 2 510 123';
const READINGS = ['+2482510123', '+12482510123'];

throughPages('a number that can be read in two ways', ({ visitor, app }) => {
  it('is asked about, and the choice is kept', async () => {
    const { username, password } = somebody();
    const form = {
      username,
      password1: password,
      password2: password,
      full_name: '',
      country_code: 'SC',
      phone_number: TWO_READINGS,
    };
    const person = visitor();
    const asked = await person.post('/register/', form);
    expect(asked.status).toBe(422);
    expect(asked.fields['phone_number']).toBe(
      'This can be read as more than one number. Choose yours.',
    );
    const [, theirs = ''] = READINGS;
    for (const number of READINGS)
      expect(asked.html).toContain(`<input type="radio" name="phone_choice" value="${number}"/>`);
    expect(READINGS.map((number) => app().sent(number))).toEqual([0, 0]);
    expect((await person.post('/register/', { ...form, phone_choice: theirs })).location).toBe(
      '/verify/',
    );
    expect(READINGS.map((number) => app().sent(number))).toEqual([0, 1]);
  });
});

throughApi('a number that can be read in two ways', ({ visitor, app }) => {
  it('is refused with both', async () => {
    const person = visitor();
    await person.register({ ...somebody(), countryCode: '248', phoneNumber: TWO_READINGS });
    expect(person.last).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/phone_number', code: 'ambiguous', choices: READINGS }] },
    });
    expect(READINGS.map((number) => app().sent(number))).toEqual([0, 0]);
  });
});

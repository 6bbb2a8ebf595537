import { somebody } from '../support/people.js';
import type { Registration } from '../support/person.js';
import type { TestApp } from '../support/start-app.js';
import { throughBothFaces } from '../support/ways.js';

interface Stored {
  phone_number: string;
  country_code: number;
}

async function stored({ db }: TestApp, { username }: Registration): Promise<Stored | undefined> {
  const [row] = await db.query<Stored[]>('SELECT phone_number, country_code FROM users WHERE username = ?', [username]);
  return row && { ...row };
}

throughBothFaces('a phone number as typed', ({ app, visitor }) => {
  it.each([
    ['international', '+91 98765 43210', '', '+919876543210', 91],
    ['international with its country code', '+91 98765 43210', '91', '+919876543210', 91],
    ['national', '(415) 555-0111', '1', '+14155550111', 1],
    ['national without a code: the default country', '415.555.0112', '', '+14155550112', 1],
    ['with the zero that is dialled inside the country', '098765 43212', '91', '+919876543212', 91],
    ['with a leading zero that belongs to it (Ivory Coast)', '07 57 12 34 57', '225', '+2250757123457', 225],
    ['with a leading zero that belongs to it (Gabon)', '074 12 34 56', '241', '+24174123456', 241],
    ['in the digits of another script', '٠٩٨٧٦٥٤٣٢١٣', '91', '+919876543213', 91],
  ])('%s', async (_, phoneNumber, countryCode, e164, code) => {
    const form = { ...somebody(), phoneNumber, countryCode };
    expect(await visitor().register(form)).not.toHaveProperty('error');
    expect(await stored(app(), form)).toEqual({ phone_number: e164, country_code: code });
    expect(app().sent(e164)).toBeGreaterThan(0);
    app().clock.advance(3_600_000);
  });

  it('a number that contradicts the chosen country code is an error at country_code', async () => {
    const outcome = await visitor().register({ ...somebody(), phoneNumber: '+91 98765 43210', countryCode: '1' });
    expect(outcome).toMatchObject({ status: 422, error: 'validation_failed' });
    expect(outcome.fields).toEqual({
      country_code: 'The phone number begins with +91, which is not the country code chosen here.',
    });
  });

  it.each([
    ['a premium number', '+1 900 555 0123'], ['a toll-free number', '+1 800 234 5678'], ['a landline', '+49 30 901820'],
    ['a number too short', '+1 415 555'], ['letters', '+1 415 FLOWERS'], ['an extension', '+14155550100 ext 5'],
  ])('%s is refused at phone_number', async (_, phoneNumber) => {
    const outcome = await visitor().register({ ...somebody(), phoneNumber });
    expect(outcome).toMatchObject({ status: 422, error: 'validation_failed' });
    expect(Object.keys(outcome.fields!)).toEqual(['phone_number']);
  });
});

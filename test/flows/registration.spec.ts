import { somebody } from '../support/people.js';
import type { Registration } from '../support/person.js';
import { throughBothFaces, wrong } from '../support/ways.js';

throughBothFaces('registration', ({ face, app, visitor, newcomer, member }) => {
  it('a valid registration is saved unverified, a code is sent, and nobody is logged in yet', async () => {
    const { person, form } = await newcomer({ fullName: 'Ada Lovelace', countryCode: '1' });
    expect(app().sent(form.phoneNumber)).toBe(1);
    expect(await person.where()).toBe('confirmation_required');
    const [row] = await app().db.query<Record<string, unknown>[]>(
      'SELECT * FROM users WHERE username = ?',
      [form.username],
    );
    expect(row).toMatchObject({
      full_name: 'Ada Lovelace',
      phone_number: form.phoneNumber,
      country_code: 1,
      verified_phone_number: null,
      last_login: null,
    });
    const flags = [
      'phone_number_verified',
      'two_factor_auth',
      'change_pw',
      'is_staff',
      'is_superuser',
      'is_active',
    ].map((name) => Boolean(row![name]));
    expect(flags).toEqual([false, false, false, false, false, true]);
  });

  const refusals: [string, Partial<Registration>, string, string][] = [
    ['no username', { username: '' }, 'username', 'This field is required.'],
    ['no phone number', { phoneNumber: '' }, 'phone_number', 'This field is required.'],
    ['no password', { password: '' }, 'password', 'This field is required.'],
    [
      'an odd username',
      { username: 'two words' },
      'username',
      'A username may hold letters and digits of one script',
    ],
    [
      'a username of 131 characters',
      { username: 'a'.repeat(131) },
      'username',
      'A username has at most 130 characters.',
    ],
    [
      'a short password',
      { password: 'k7#qz' },
      'password',
      'This password is too short. It must contain at least 8 characters.',
    ],
    ['a common password', { password: 'iloveyou1' }, 'password', 'This password is too common.'],
    [
      'a numeric password',
      { password: '80216493725' },
      'password',
      'This password is entirely numeric.',
    ],
    [
      'a password like the username',
      { username: 'marguerite', password: 'marguerite9' },
      'password',
      'similar to the username.',
    ],
    [
      'one like the full name',
      { fullName: 'Ignatius Reilly', password: 'ignatius reilly' },
      'password',
      'to the full name.',
    ],
    ['no real number', { phoneNumber: '+1 555 01' }, 'phone_number', 'Enter a valid phone number.'],
    [
      'no real country code',
      { phoneNumber: '4155550100', countryCode: '999' },
      'country_code',
      'Choose a country code',
    ],
    [
      'a long full name',
      { fullName: 'x'.repeat(131) },
      'full_name',
      'Ensure this value has at most 130 characters.',
    ],
  ];
  it.each(refusals)('%s is refused at its field', async (_, given, field, sentence) => {
    const person = visitor();
    const outcome = await person.register({ ...somebody(), ...given });
    expect(outcome).toMatchObject({ status: 422, error: 'validation_failed' });
    expect(outcome.fields).toHaveProperty(field, expect.stringContaining(sentence));
    expect(await person.where()).toBe('stranger');
  });

  it('every refused field is told at once', async () => {
    const { fields } = await visitor().register({
      username: 'two words',
      phoneNumber: '12',
      password: '1',
    });
    expect(Object.keys(fields!).sort()).toEqual(['password', 'phone_number', 'username']);
  });

  it('a taken username is refused, in whatever case it is typed', async () => {
    const { form } = await member();
    const outcome = await visitor().register({
      ...somebody(),
      username: form.username.toUpperCase(),
    });
    expect(outcome).toMatchObject({ status: face === 'api' ? 409 : 422, error: 'username_taken' });
  });

  it('the right code verifies the number and logs in, with a new token; the old one is dead', async () => {
    const { person, form } = await newcomer();
    const before = person.twin();
    await person.confirm(app().codeFor(form.phoneNumber));
    expect(await person.where()).toBe('active');
    expect(person.token()).not.toBe(before.token());
    expect(await before.where()).toBe('stranger');
    const [row] = await app().db.query<Record<string, unknown>[]>(
      'SELECT * FROM users WHERE username = ?',
      [form.username],
    );
    expect(Boolean(row!['phone_number_verified'])).toBe(true);
    expect(row).toMatchObject({
      verified_phone_number: form.phoneNumber,
      registration_expires_at: null,
    });
    expect(row!['last_login']).not.toBeNull();
  });

  it('a code typed in the digits of another script is right, too', async () => {
    const { person, form } = await newcomer();
    const arabic = app()
      .codeFor(form.phoneNumber)
      .replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
    expect(await person.confirm(arabic)).not.toHaveProperty('error');
  });

  it('a code pasted with spaces or a dash is right, too', async () => {
    const { person, form } = await newcomer();
    const code = app().codeFor(form.phoneNumber);
    expect(await person.confirm(` ${code.slice(0, 3)}-${code.slice(3)} `)).not.toHaveProperty(
      'error',
    );
  });

  it('wrong code: how many tries are left; after the fifth a new code has to be asked for', async () => {
    const { person, form } = await newcomer();
    const code = app().codeFor(form.phoneNumber);
    for (const attemptsLeft of [4, 3, 2, 1, 0]) {
      expect(await person.confirm(wrong(code))).toMatchObject({
        status: 422,
        error: 'wrong_code',
        attemptsLeft,
      });
    }
    expect(await person.confirm(code)).toMatchObject({ status: 429, error: 'too_many_attempts' });
    app().clock.advance(30_000);
    expect(await person.resend()).not.toHaveProperty('error');
    expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
    expect(await person.where()).toBe('active');
  });

  it('a used code confirms nothing any more', async () => {
    const { person, form } = await member();
    expect(await person.confirm(app().codeFor(form.phoneNumber))).toMatchObject({
      error: 'no_pending_confirmation',
    });
    expect(await person.where()).toBe('active');
  });

  it('the code can be asked for again, as a message or as a call', async () => {
    const { person, form } = await newcomer();
    app().clock.advance(30_000);
    expect(await person.resend()).not.toHaveProperty('error');
    app().clock.advance(40_000);
    expect(await person.resend('call')).not.toHaveProperty('error');
    expect(app().sent(form.phoneNumber)).toBe(3);
    expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
  });
});

import { seconds } from '../../src/common/clock.js';
import { makeAccount, throughBothFaces, throughPages } from '../support/ways.js';

const NEW = 'seven purple elephants';

throughBothFaces('a change of password', ({ app, visitor, member }) => {
  it('gives this client a new token and ends all other sessions', async () => {
    const { person, form } = await member();
    const other = visitor();
    await other.logIn(form.username, form.password);
    const before = person.twin();
    expect(await person.changePassword(form.password, NEW)).not.toHaveProperty('error');
    expect(await person.where()).toBe('active');
    expect(await before.where()).toBe('stranger');
    expect(await other.where()).toBe('stranger');
    expect(await visitor().logIn(form.username, form.password)).toMatchObject({
      error: 'invalid_credentials',
    });
    expect(await visitor().logIn(form.username, NEW)).not.toHaveProperty('error');
  });

  it('voids a code that is on its way', async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.setTwoFactor(false);
    await person.changePassword(form.password, NEW);
    expect(await person.confirm(app().codeFor(form.phoneNumber))).toMatchObject({
      error: 'no_pending_confirmation',
    });
  });

  it.each([
    [
      'a wrong old password',
      'not the old one',
      NEW,
      'current_password',
      'Your old password was entered incorrectly.',
    ],
    ['no old password', '', NEW, 'current_password', 'This field is required.'],
    ['no new password', 'OLD', '', 'password', 'This field is required.'],
    ['a common one', 'OLD', 'iloveyou1', 'password', 'This password is too common.'],
    [
      'the old one again',
      'OLD',
      'OLD',
      'password',
      'Choose a password that differs from the old one.',
    ],
  ])('refuses %s at its field, and nothing changes', async (_, old, wanted, field, sentence) => {
    const { person, form } = await member();
    const real = (typed: string) => (typed === 'OLD' ? form.password : typed);
    const outcome = await person.changePassword(real(old), real(wanted));
    expect(outcome).toMatchObject({ status: 422, error: 'validation_failed' });
    expect(outcome.fields).toHaveProperty(field, expect.stringContaining(sentence));
    expect(await person.where()).toBe('active');
    expect(await visitor().logIn(form.username, form.password)).not.toHaveProperty('error');
  });

  it('chosen by someone else: first a new password, then everything', async () => {
    const form = await makeAccount(app(), { changePw: true });
    const person = visitor();
    await person.logIn(form.username, form.password);
    expect(await person.where()).toBe('password_change_required');
    await person.setTwoFactor(true);
    expect(await person.where()).toBe('password_change_required');
    expect(await person.changePassword(form.password, NEW)).not.toHaveProperty('error');
    expect(await person.where()).toBe('active');
    await person.logOut();
    await person.logIn(form.username, NEW);
    expect(await person.where()).toBe('active');
  });

  it('comes after the confirmation, never before it', async () => {
    const form = await makeAccount(app(), { changePw: true, twoFactorAuth: true });
    const person = visitor();
    await person.logIn(form.username, form.password);
    expect(await person.where()).toBe('confirmation_required');
    expect(await person.changePassword(form.password, NEW)).toMatchObject(
      person.face === 'api' ? { error: 'confirmation_required' } : { status: 303 },
    );
    expect(await person.where()).toBe('confirmation_required');
    await person.confirm(app().codeFor(form.phoneNumber));
    expect(await person.where()).toBe('password_change_required');
    await person.changePassword(form.password, NEW);
    expect(await person.where()).toBe('active');
  });

  it('is not possible for a stranger', async () => {
    expect(await visitor().changePassword('anything', NEW)).toMatchObject({
      error: 'unauthenticated',
    });
  });
});

throughPages('the way through log-in', ({ app, visitor, member }) => {
  it('leads over the code and the new password to where the person wanted to go', async () => {
    const form = await makeAccount(app(), { changePw: true, twoFactorAuth: true });
    const person = visitor();
    const login = { username: form.username, password: form.password };
    expect(await person.post('/login/?next=%2Fpassword%2F%3Fa%3D1', login)).toMatchObject({
      status: 303,
      location: '/verify/',
    });
    for (const path of ['/dashboard/', '/password/']) {
      expect(await person.get(path)).toMatchObject({ status: 303, location: '/verify/' });
    }
    const code = { one_time_password: app().codeFor(form.phoneNumber) };
    expect(await person.post('/verify/', code)).toMatchObject({
      status: 303,
      location: '/password/',
    });
    expect((await person.get('/password/')).text).toContain('Please choose a new password first.');
    expect(await person.get('/dashboard/')).toMatchObject({ status: 303, location: '/password/' });
    const change = { old_password: form.password, new_password1: NEW, new_password2: NEW };
    expect(await person.post('/password/', change)).toMatchObject({
      status: 303,
      location: '/password/?a=1',
    });
  });

  it('keeps next while the log-in is refused', async () => {
    const page = await visitor().post('/login/?next=/password/', {
      username: 'nobody-at-all',
      password: 'whatever it is',
    });
    expect(page.html).toMatch(/action="\/login\/\?next=(%2F|\/)password(%2F|\/)"/);
  });

  it('keeps next over a second log-in at the same browser', async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.logOut();
    await person.post('/login/?next=/password/', {
      username: form.username,
      password: form.password,
    });
    app().clock.advance(seconds(31));
    expect(
      await person.post('/verify/', { one_time_password: app().codeFor(form.phoneNumber) }),
    ).toMatchObject({
      location: '/password/',
    });
  });

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/%09/elsewhere.example',
    'javascript:alert(1)',
    'dashboard/',
    '/\t/elsewhere.example',
    '/./\\elsewhere.example',
    '///elsewhere.example',
    '/..//elsewhere.example',
    `/${'a'.repeat(600)}`,
    '',
  ])('goes to the dashboard instead of to %j', async (next) => {
    const { person, form } = await member();
    await person.logOut();
    const { location } = await person.post(`/login/?next=${encodeURIComponent(next)}`, {
      username: form.username,
      password: form.password,
    });
    const target = new URL(location!, app().url);
    expect(target.origin).toBe(app().url);
    if (!next.startsWith('/%09')) expect(target.pathname).toBe('/dashboard/');
  });
});

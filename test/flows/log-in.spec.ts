import { somebody } from '../support/people.js';
import { makeAccount, throughBothFaces } from '../support/ways.js';

const INVALID = { status: 401, error: 'invalid_credentials' };

throughBothFaces('log-in', ({ app, visitor, member }) => {
  it('a wrong password, an unknown name and an inactive account are refused alike', async () => {
    const { form } = await member();
    const inactive = await makeAccount(app(), { isActive: false });
    expect(await visitor().logIn(form.username, 'not the password')).toMatchObject(INVALID);
    expect(await visitor().logIn('nobody-of-that-name', form.password)).toMatchObject(INVALID);
    expect(await visitor().logIn(inactive.username, inactive.password)).toMatchObject(INVALID);
  });

  it('the username is found in whatever case it is typed, the password only as it is', async () => {
    const { form } = await member();
    expect(await visitor().logIn(form.username, form.password.toUpperCase())).toMatchObject(
      INVALID,
    );
    const person = visitor();
    expect(
      await person.logIn(` ${form.username.toUpperCase()} `, form.password),
    ).not.toHaveProperty('error');
    expect(await person.where()).toBe('active');
  });

  it('spaces around a password count at registration and at log-in alike', async () => {
    const person = visitor();
    const form = { ...somebody(), password: '  two spaces before, one behind ' };
    await person.register(form);
    expect(await visitor().logIn(form.username, form.password.trim())).toMatchObject(INVALID);
    expect(await visitor().logIn(form.username, form.password)).not.toHaveProperty('error');
  });

  it('two-factor off: the password leads to the dashboard, and no message is sent', async () => {
    const { person, form } = await member();
    await person.logOut();
    const sent = app().sent(form.phoneNumber);
    expect(await person.logIn(form.username, form.password)).not.toHaveProperty('error');
    expect(await person.where()).toBe('active');
    expect(app().sent(form.phoneNumber)).toBe(sent);
  });

  it('two-factor on: the dashboard only after the right code', async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.logOut();
    expect(await person.logIn(form.username, form.password)).not.toHaveProperty('error');
    expect(await person.where()).toBe('confirmation_required');
    expect(await person.setTwoFactor(false)).toHaveProperty('error');
    expect(await person.where()).toBe('confirmation_required');
    await person.confirm(app().codeFor(form.phoneNumber));
    expect(await person.where()).toBe('active');
  });

  it('two-factor is set, not flipped: the same again changes nothing', async () => {
    const { person, form } = await member();
    for (const enabled of [true, true])
      expect(await person.setTwoFactor(enabled)).not.toHaveProperty('error');
    const other = visitor();
    await other.logIn(form.username, form.password);
    expect(await other.where()).toBe('confirmation_required');
    const off = await member();
    expect(await off.person.setTwoFactor(false)).not.toHaveProperty('error');
    const another = visitor();
    await another.logIn(off.form.username, off.form.password);
    expect(await another.where()).toBe('active');
  });

  it('log-out ends the session', async () => {
    const { person } = await member();
    const thief = person.twin();
    expect(await person.logOut()).not.toHaveProperty('error');
    expect(await person.where()).toBe('stranger');
    expect(await thief.where()).toBe('stranger');
  });

  it('log-out before the code ends the pending session as well', async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.logOut();
    await person.logIn(form.username, form.password);
    const code = app().codeFor(form.phoneNumber);
    const thief = person.twin();
    await person.logOut();
    expect(await thief.confirm(code)).toMatchObject({ error: 'unauthenticated' });
  });
});

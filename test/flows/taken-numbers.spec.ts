import { minutes } from '../../src/common/clock.js';
import { User } from '../../src/users/user.entity.js';
import { somebody } from '../support/people.js';
import type { Person } from '../support/person.js';
import {
  makeAccount,
  throughApi,
  throughBothFaces,
  throughPages,
  type Way,
} from '../support/ways.js';

/** A member whose number somebody else has proven meanwhile, logged in and asked for the code. */
async function shutOut<P extends Person>({ app, visitor, newcomer }: Way<P>, given = {}) {
  const form = await makeAccount(app(), { phoneNumberVerified: false, ...given });
  const owner = await newcomer({ phoneNumber: form.phoneNumber });
  await owner.person.confirm(app().codeFor(form.phoneNumber));
  app().clock.advance(minutes(1));
  const person = visitor();
  expect(await person.logIn(form.username, form.password)).not.toHaveProperty('error');
  return { person, form, owner };
}

throughBothFaces('a member whose number turns out taken', (way) => {
  const { face, app, visitor, newcomer } = way;
  const rowOf = (username: string) => app().db.getRepository(User).findOneByOrFail({ username });
  const told = { status: face === 'api' ? 409 : 422, error: 'phone_number_taken' };
  /** The right code was typed. */
  async function asked(given = {}) {
    const met = await shutOut(way, given);
    expect(await met.person.confirm(app().codeFor(met.form.phoneNumber))).toMatchObject(told);
    return met;
  }

  it('is told after the right code, keeps the account, gives another number, proves it and is in', async () => {
    const { person, form, owner } = await shutOut(way);
    const before = await rowOf(form.username);
    expect(await person.confirm('000000')).toMatchObject({ error: 'wrong_code' });
    expect(await person.confirm(app().codeFor(form.phoneNumber))).toMatchObject(told);
    expect(await person.where()).toBe('confirmation_required');
    const { phoneNumber } = somebody();
    expect(await person.giveNumber(phoneNumber)).not.toHaveProperty('error');
    expect(await person.where()).toBe('confirmation_required');
    expect(await person.confirm(app().codeFor(phoneNumber))).not.toHaveProperty('error');
    expect(await person.where()).toBe('active');
    expect(await rowOf(form.username)).toMatchObject({
      id: before.id,
      password: before.password,
      phoneNumber,
      verifiedPhoneNumber: phoneNumber,
      phoneNumberVerified: true,
    });
    expect(await owner.person.where()).toBe('active');
  });

  it('takes a national number of a chosen country, and is told at the field what cannot be read', async () => {
    const { person, form } = await asked();
    const refused = await person.giveNumber('12');
    expect([refused.status, Object.keys(refused.fields ?? {})]).toEqual([422, ['phone_number']]);
    expect(await person.giveNumber('0151 2345 6789', 'DE')).not.toHaveProperty('error');
    expect(await rowOf(form.username)).toMatchObject({
      phoneNumber: '+4915123456789',
      countryCode: 49,
    });
  });

  it('goes on by another token: the one from before the right code is dead', async () => {
    const { person, form } = await shutOut(way);
    const thief = person.twin();
    await person.confirm(app().codeFor(form.phoneNumber));
    expect(await thief.where()).toBe('stranger');
    expect(await thief.giveNumber(somebody().phoneNumber)).toMatchObject({
      error: 'unauthenticated',
    });
  });

  it('gets no further message for a number that is taken, and no way past the confirmation', async () => {
    const { person, form } = await asked();
    const sent = app().sent(form.phoneNumber);
    app().clock.advance(minutes(2));
    await person.resend();
    await person.confirm(app().codeFor(form.phoneNumber));
    expect(app().sent(form.phoneNumber)).toBe(sent);
    expect(await person.setTwoFactor(false)).not.toMatchObject({ status: 200 });
    expect(await person.where()).toBe('confirmation_required');
  });

  it('may correct what was mistyped; the code of the first try works no more', async () => {
    const { person } = await asked();
    const [mistyped, right] = [somebody().phoneNumber, somebody().phoneNumber];
    await person.giveNumber(mistyped);
    const code = app().codeFor(mistyped);
    expect(await person.giveNumber(right)).not.toHaveProperty('error');
    if (code !== app().codeFor(right))
      expect(await person.confirm(code)).toMatchObject({ error: 'wrong_code' });
    expect(await person.confirm(app().codeFor(right))).not.toHaveProperty('error');
    expect(await person.where()).toBe('active');
  });

  it('learns nothing of another number before its right code; then is told again, and goes on', async () => {
    const { person } = await asked();
    const third = await newcomer();
    await third.person.confirm(app().codeFor(third.form.phoneNumber));
    app().clock.advance(minutes(1));
    expect(await person.giveNumber(third.form.phoneNumber)).not.toHaveProperty('error');
    expect(await person.confirm(app().codeFor(third.form.phoneNumber))).toMatchObject(told);
    const { phoneNumber } = somebody();
    await person.giveNumber(phoneNumber);
    await person.confirm(app().codeFor(phoneNumber));
    expect(await person.where()).toBe('active');
    expect(await third.person.where()).toBe('active');
  });

  it('may give the same number again once it is free', async () => {
    const { person, form, owner } = await asked();
    const refused = await person.giveNumber(form.phoneNumber);
    expect([refused.status, Object.keys(refused.fields ?? {})]).toEqual([422, ['phone_number']]);
    await app().db.getRepository(User).delete({ username: owner.form.username });
    app().clock.advance(minutes(1));
    expect(await person.giveNumber(form.phoneNumber)).not.toHaveProperty('error');
    await person.confirm(app().codeFor(form.phoneNumber));
    expect(await person.where()).toBe('active');
  });

  it('is held by the budget of the session', async () => {
    const { person } = await asked();
    const numbers = Array.from({ length: 6 }, () => somebody().phoneNumber);
    for (const number of numbers)
      expect(await person.giveNumber(number)).not.toHaveProperty('error');
    expect(numbers.map((number) => app().sent(number))).toEqual([1, 1, 1, 1, 1, 0]);
  });

  it('of several numbers at once one is given, and nobody is lost', async () => {
    const { person, form } = await asked();
    const numbers = Array.from({ length: 5 }, () => somebody().phoneNumber);
    await Promise.all(numbers.map((number) => person.twin().giveNumber(number)));
    const { phoneNumber } = await rowOf(form.username);
    expect(numbers).toContain(phoneNumber);
    if (app().sent(phoneNumber) === 0) await person.resend();
    expect(await person.confirm(app().codeFor(phoneNumber))).not.toHaveProperty('error');
    expect(await person.where()).toBe('active');
  });

  it('who logs in anew is where they were, and other sessions end with the number they were for', async () => {
    const { person, form } = await asked();
    const other = visitor();
    await other.logIn(form.username, form.password);
    const { phoneNumber } = somebody();
    await person.giveNumber(phoneNumber);
    expect(await other.where()).toBe('stranger');
    await person.logOut();
    app().clock.advance(minutes(1));
    await other.logIn(form.username, form.password);
    expect(await other.giveNumber(somebody().phoneNumber)).not.toMatchObject({ status: 200 });
    await other.confirm(app().codeFor(phoneNumber));
    expect(await other.where()).toBe('active');
  });

  it('with a second factor, or a password to choose, owes no less than before', async () => {
    const { person, form } = await asked({ changePw: true });
    await app().db.getRepository(User).update({ username: form.username }, { twoFactorAuth: true });
    const { phoneNumber } = somebody();
    await person.giveNumber(phoneNumber);
    await person.confirm(app().codeFor(phoneNumber));
    expect(await person.where()).toBe('password_change_required');
  });

  it('nobody gives another number before the right code, nor for a registration or an account that is in', async () => {
    const pending = await shutOut(way);
    const registering = await newcomer();
    const { person: active, form } = await way.member();
    const { phoneNumber } = somebody();
    for (const person of [pending.person, registering.person, active]) {
      const outcome = await person.giveNumber(phoneNumber);
      if (face === 'api') expect(outcome).toMatchObject({ status: 403, error: 'forbidden' });
      else expect(outcome.status).toBe(303);
    }
    expect(await visitor().giveNumber(phoneNumber)).toMatchObject({ error: 'unauthenticated' });
    expect(app().sent(phoneNumber)).toBe(0);
    expect((await rowOf(form.username)).phoneNumber).toBe(form.phoneNumber);
  });

  it('the trail has what happened, the owner of the number is told, and no number stands in it', async () => {
    const { person, form } = await asked();
    await person.giveNumber(somebody().phoneNumber);
    await app().audited();
    const { id } = await rowOf(form.username);
    const events = await app().db.query<{ name: string }[]>(
      'SELECT name FROM audit_events WHERE user_id = ?',
      [id],
    );
    expect(events.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['phone.refused-as-taken', 'phone.changed']),
    );
    expect(await app().noticesTo(form.phoneNumber)).toEqual([
      expect.stringContaining('ask for another Ringback account'),
    ]);
    expect(JSON.stringify(await app().db.query('SELECT * FROM audit_events'))).not.toContain(
      form.phoneNumber.slice(1),
    );
  });
});

throughPages('a member whose number turns out taken, on pages', (way) => {
  it('meets a form for a number alone, never the registration; "wrong number?" leads back to it', async () => {
    const { app } = way;
    const { form, person: page } = await shutOut(way);
    const refused = await page.post('/verify/', {
      one_time_password: app().codeFor(form.phoneNumber),
    });
    expect([refused.status, refused.fields['phone_number']]).toEqual([
      422,
      expect.stringContaining('Your account is kept'),
    ]);
    for (const shown of [refused, await page.get('/verify/number/')]) {
      expect(shown.html).toMatch(/action="\/verify\/number\/"/);
      expect(shown.html).not.toMatch(/name="(username|password1)"|action="\/register\/"/);
    }
    expect(await page.get('/verify/')).toMatchObject({ status: 303, location: '/verify/number/' });
    expect(await page.get('/dashboard/')).toMatchObject({ status: 303, location: '/verify/' });
    const { phoneNumber } = somebody();
    expect(await page.giveNumber(phoneNumber)).toEqual({ status: 303 });
    const confirm = await page.get('/verify/');
    expect(confirm.html).toContain('href="/verify/number/"');
    expect(confirm.html).not.toContain('/verify/cancel');
    expect(confirm.text).toContain('United States');
  });
});

throughApi('a member whose number turns out taken, by the API', (way) => {
  it('has the token to go on with in the refusal, and is told by the session that a number is asked for', async () => {
    const { app } = way;
    const { form, person: api } = await shutOut(way);
    expect((await api.call('GET', '/session')).body).not.toHaveProperty('may_give_number');
    await api.confirm(app().codeFor(form.phoneNumber));
    expect(api.last?.body).toMatchObject({ code: 'phone_number_taken', token: api.token() });
    const waiting = { state: 'confirmation_required', confirmation: null, may_give_number: true };
    expect((await api.call('GET', '/session')).body).toMatchObject(waiting);
    expect(await api.resend()).toMatchObject({ status: 409, error: 'phone_number_taken' });
    const { phoneNumber } = somebody();
    const answer = await api.call('PUT', '/session/phone-number', { phone_number: phoneNumber });
    expect(answer.body).toMatchObject({
      state: 'confirmation_required',
      confirmation: { purpose: 'register', notice: null },
    });
    expect(answer.body).not.toHaveProperty('token');
  });
});

import { Like } from 'typeorm';
import { minutes } from '../../src/common/clock.js';
import { formatPhoneNumber } from '../../src/common/phone/phone-number.js';
import { Conversion } from '../../src/messaging/limits/conversion.entity.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { somebody } from '../support/people.js';
import { throughBothFaces, throughPages, wrong } from '../support/ways.js';

throughPages('"wrong number?"', ({ app, visitor, newcomer, member }) => {
  it('undoes a registration, frees its name at once, and brings back what was typed', async () => {
    const { person, form } = await newcomer({
      phoneNumber: '07 57 12 34 56',
      countryCode: '225',
      fullName: 'Zoë "Z" <Å>',
    });
    const thief = person.twin();
    expect(await person.post('/verify/cancel', {})).toMatchObject({
      status: 303,
      location: '/register/',
    });
    const page = await person.get('/register/');
    expect(page.text).toContain('Your registration was taken back. Correct it and send it again.');
    expect(page.html).toContain(`value="${form.username}"`);
    expect(page.html).toContain('value="+225 07 57 12 3456"');
    expect(page.html).toMatch(/<option[^>]*(value="CI"[^>]*selected|selected[^>]*value="CI")/);
    expect(page.html).toMatch(/value="Zoë &quot;Z&quot; &lt;Å(&gt;|>)"/);
    expect(page.html).not.toContain(form.password);
    expect(await thief.confirm(app().codeFor('+2250757123456'))).toMatchObject({
      error: 'unauthenticated',
    });
    const again = { ...form, phoneNumber: somebody().phoneNumber, countryCode: '' };
    expect(await visitor().register(again)).not.toHaveProperty('error');
  });

  it('what was typed is shown once', async () => {
    const { person, form } = await newcomer();
    await person.post('/verify/cancel', {});
    await person.get('/register/');
    expect((await person.get('/register/')).html).not.toContain(form.username);
  });

  it('of a log-in ends the pending session, and the account stays', async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.logOut();
    await person.logIn(form.username, form.password);
    const thief = person.twin();
    expect(await person.post('/verify/cancel', {})).toMatchObject({
      status: 303,
      location: '/login/',
    });
    expect(await thief.where()).toBe('stranger');
    expect(await visitor().logIn(form.username, form.password)).not.toHaveProperty('error');
  });

  it('cannot be pressed by a link', async () => {
    const { person } = await newcomer();
    for (const path of ['/verify/cancel', '/verify/resend']) {
      const page = await person.get(path);
      expect([page.status, page.headers.get('allow')]).toEqual([405, 'POST']);
    }
    expect(await person.where()).toBe('confirmation_required');
  });

  it('a stranger who presses it goes to the log-in', async () => {
    expect(await visitor().post('/verify/cancel', {})).toMatchObject({
      status: 303,
      location: '/login/',
    });
  });
});

throughBothFaces(
  'a number that somebody else has proven',
  ({ face, app, visitor, newcomer, member }) => {
    it('is told to the holder of the phone only, after the right code; then the new account is gone', async () => {
      const owner = await member();
      app().clock.advance(minutes(1));
      const { person, form } = await newcomer({ phoneNumber: owner.form.phoneNumber });
      expect(await person.confirm(wrong(app().codeFor(form.phoneNumber)))).toMatchObject({
        error: 'wrong_code',
        attemptsLeft: 4,
      });
      const refused = await person.confirm(app().codeFor(form.phoneNumber));
      expect(refused).toMatchObject({
        status: face === 'api' ? 409 : 422,
        error: 'phone_number_taken',
      });
      expect(await person.where()).toBe('stranger');
      expect(await owner.person.where()).toBe('active');
      app().clock.advance(minutes(1));
      const again = visitor();
      expect(
        await again.register({ ...form, phoneNumber: somebody().phoneNumber }),
      ).not.toHaveProperty('error');
    });

    it('counts as typed in all the same: no country rests, and no network waits, for codes that were right', async () => {
      const owner = await member();
      app().clock.advance(minutes(1));
      const counted = async () => ({
        confirmed: (await app().db.getRepository(Conversion).sum('confirmed')) ?? 0,
        wrong: await app()
          .db.getRepository(Budget)
          .sum('count', { key: Like('wrong-codes-of-address:%') }),
      });
      const before = await counted();
      const { person } = await newcomer({ phoneNumber: owner.form.phoneNumber });
      await person.confirm(app().codeFor(owner.form.phoneNumber));
      // Its block and its country.
      expect(await counted()).toEqual({ ...before, confirmed: before.confirmed + 2 });
    });

    it('has two unproven registrations: the first right code gets it', async () => {
      const first = await newcomer();
      const firstCode = app().codeFor(first.form.phoneNumber);
      app().clock.advance(minutes(1));
      const second = await newcomer({ phoneNumber: first.form.phoneNumber });
      await second.person.confirm(app().codeFor(first.form.phoneNumber));
      expect(await first.person.confirm(firstCode)).toMatchObject({ error: 'phone_number_taken' });
      expect(await second.person.where()).toBe('active');
    });
  },
);

throughPages('a number that somebody else has proven, on the page', ({ app, newcomer, member }) => {
  it('the form comes back with what was typed and the sentence beside the number', async () => {
    const owner = await member();
    app().clock.advance(minutes(1));
    const { person, form } = await newcomer({
      phoneNumber: owner.form.phoneNumber,
      fullName: 'Second Holder',
    });
    const page = await person.post('/verify/', {
      one_time_password: app().codeFor(form.phoneNumber),
    });
    expect(page.fields).toEqual({
      phone_number: 'Another user with this phone number already exists',
    });
    const typed = [form.username, formatPhoneNumber(form.phoneNumber), 'Second Holder'];
    for (const value of typed) expect(page.html).toContain(`value="${value}"`);
    expect(page.html).not.toContain(form.password);
  });
});

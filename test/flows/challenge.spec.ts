import { minutes, seconds } from '../../src/common/clock.js';
import { somebody } from '../support/people.js';
import { throughBothFaces, wrong } from '../support/ways.js';

throughBothFaces('a challenge', ({ app, visitor, newcomer, member }) => {
  it('has one code: a resend sends the same one, and the first message stays good', async () => {
    const { person, form } = await newcomer();
    const first = app().codeFor(form.phoneNumber);
    app().clock.advance(minutes(7));
    await person.resend();
    expect(app().codeFor(form.phoneNumber)).toBe(first);
    expect(await person.confirm(first)).not.toHaveProperty('error');
  });

  it('keeps its tries over a resend', async () => {
    const { person, form } = await newcomer();
    const code = app().codeFor(form.phoneNumber);
    await person.confirm(wrong(code));
    app().clock.advance(seconds(30));
    await person.resend();
    expect(await person.confirm(wrong(code))).toMatchObject({ attemptsLeft: 3 });
  });

  it('is replaced by a resend with less than 2 minutes left: another code, all tries', async () => {
    const { person, form } = await newcomer();
    const first = app().codeFor(form.phoneNumber);
    await person.confirm(wrong(first));
    app().clock.advance(minutes(8) + seconds(1));
    await person.resend();
    const second = app().codeFor(form.phoneNumber);
    expect(second).not.toBe(first);
    expect(await person.confirm(first)).toMatchObject({ error: 'wrong_code', attemptsLeft: 4 });
    expect(await person.confirm(second)).not.toHaveProperty('error');
  });

  it('works for 10 minutes; after them the session can still ask for a new code', async () => {
    const { person, form } = await newcomer();
    const first = app().codeFor(form.phoneNumber);
    app().clock.advance(minutes(7));
    await person.resend();
    app().clock.advance(minutes(3));
    expect(await person.confirm(first)).toMatchObject({ error: 'no_pending_confirmation' });
    expect(await person.where()).toBe('confirmation_required');
    expect(await person.resend()).not.toHaveProperty('error');
    expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
  });

  it('works to the last moment', async () => {
    const { person, form } = await newcomer();
    app().clock.advance(minutes(10) - 1);
    expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
  });

  it('with its tries used up is not replaced before the wait is over', async () => {
    const { person, form } = await newcomer();
    const first = app().codeFor(form.phoneNumber);
    for (let tries = 0; tries < 5; tries += 1) await person.confirm(wrong(first));
    app().clock.advance(seconds(20));
    expect(await person.resend()).toMatchObject({
      status: 429,
      error: 'too_many_requests',
      retryAfter: 10,
    });
    expect(await person.confirm(first)).toMatchObject({ status: 429, error: 'too_many_attempts' });
    app().clock.advance(seconds(10));
    expect(await person.resend()).not.toHaveProperty('error');
    expect(app().codeFor(form.phoneNumber)).not.toBe(first);
    expect(await person.confirm(wrong(app().codeFor(form.phoneNumber)))).toMatchObject({
      attemptsLeft: 4,
    });
  });

  it('new challenges do not refill the account: after 10 wrong codes in a row even the right one waits 15 minutes', async () => {
    const { person, form } = await newcomer();
    for (const wait of [30, 40]) {
      const code = app().codeFor(form.phoneNumber);
      for (let tries = 0; tries < 5; tries += 1) await person.confirm(wrong(code));
      app().clock.advance(seconds(wait));
      await person.resend();
    }
    const refused = { status: 429, error: 'too_many_attempts', retryAfter: 15 * 60 - 40 };
    expect(await person.confirm(app().codeFor(form.phoneNumber))).toMatchObject(refused);
  });

  it('serves one session: its code is wrong everywhere else', async () => {
    const { person: alice, form } = await member({ twoFactor: true });
    await alice.logOut();
    await alice.logIn(form.username, form.password);
    const code = app().codeFor(form.phoneNumber);
    const other = visitor();
    await other.logIn(form.username, form.password);
    expect(await other.confirm(code)).toMatchObject({ error: 'wrong_code' });
    expect(await alice.confirm(code)).not.toHaveProperty('error');
  });

  it('proves the number it was sent to, and no other that the account has by now', async () => {
    const { person, form } = await newcomer();
    await app().db.query('UPDATE users SET phone_number = ? WHERE username = ?', [
      somebody().phoneNumber,
      form.username,
    ]);
    expect(await person.confirm(app().codeFor(form.phoneNumber))).toMatchObject({
      error: 'no_pending_confirmation',
    });
    expect(await person.where()).toBe('confirmation_required');
  });

  it('a right code ends the wait: registering, logging out and in with two-factor a moment later sends', async () => {
    const { person, form } = await member({ twoFactor: true });
    for (const sent of [2, 3]) {
      await person.logOut();
      await person.logIn(form.username, form.password);
      expect(app().sent(form.phoneNumber)).toBe(sent);
      await person.confirm(app().codeFor(form.phoneNumber));
    }
  });
});

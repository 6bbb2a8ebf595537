import { minutes, seconds } from '../../src/common/clock.js';
import { makeAccount, throughApi, throughBothFaces, throughPages, wrong } from '../support/ways.js';

throughBothFaces('a pending session', ({ app, visitor, newcomer, member }) => {
  it('ends 10 minutes after its last code', async () => {
    const { person, form } = await newcomer();
    app().clock.advance(minutes(9));
    await person.resend();
    app().clock.advance(minutes(10) - 1);
    expect(await person.where()).toBe('confirmation_required');
    app().clock.advance(1);
    expect(await person.where()).toBe('stranger');
    expect(await person.confirm(app().codeFor(form.phoneNumber))).toMatchObject({
      error: 'unauthenticated',
    });
  });

  it('ends after 30 minutes, however often a code is asked for', async () => {
    const { person } = await newcomer();
    for (let resends = 0; resends < 3; resends += 1) {
      app().clock.advance(minutes(9));
      expect(await person.resend()).not.toHaveProperty('error');
    }
    app().clock.advance(minutes(3) - 1);
    expect(await person.where()).toBe('confirmation_required');
    app().clock.advance(1);
    expect(await person.where()).toBe('stranger');
  });

  it('of an unverified account asks for the number first, two-factor or not', async () => {
    const form = await makeAccount(app(), { phoneNumberVerified: false });
    const person = visitor();
    await person.logIn(form.username, form.password);
    expect(await person.where()).toBe('confirmation_required');
    expect(app().sent(form.phoneNumber)).toBe(1);
    await person.confirm(app().codeFor(form.phoneNumber));
    expect(await person.where()).toBe('active');
  });

  it('the same client logging in again goes on with its challenge: code and tries stay, nothing is sent', async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.logOut();
    await person.logIn(form.username, form.password);
    const code = app().codeFor(form.phoneNumber);
    const sent = app().sent(form.phoneNumber);
    await person.confirm(wrong(code));
    const before = person.twin();
    await person.logIn(form.username, form.password);
    expect(await before.where()).toBe('stranger');
    expect(app().sent(form.phoneNumber)).toBe(sent);
    expect(await person.confirm(wrong(code))).toMatchObject({ attemptsLeft: 3 });
    expect(await person.confirm(code)).not.toHaveProperty('error');
  });

  it("another client's log-in inside the wait sends nothing, and may ask when the wait is over", async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.logOut();
    await visitor().logIn(form.username, form.password);
    const sent = app().sent(form.phoneNumber);
    app().clock.advance(seconds(10));
    const other = visitor();
    expect(await other.logIn(form.username, form.password)).not.toHaveProperty('error');
    expect(app().sent(form.phoneNumber)).toBe(sent);
    expect(await other.resend()).toMatchObject({
      status: 429,
      error: 'too_many_requests',
      retryAfter: 20,
    });
    app().clock.advance(seconds(20));
    expect(await other.resend()).not.toHaveProperty('error');
    expect(await other.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
  });

  it('another user logging in at the same client does not inherit the challenge', async () => {
    const first = await member({ twoFactor: true });
    const second = await member({ twoFactor: true });
    const shared = visitor();
    await shared.logIn(first.form.username, first.form.password);
    const code = app().codeFor(first.form.phoneNumber);
    await shared.logIn(second.form.username, second.form.password);
    expect(await shared.confirm(code)).toMatchObject({ error: 'wrong_code' });
    expect(await shared.confirm(app().codeFor(second.form.phoneNumber))).not.toHaveProperty(
      'error',
    );
  });
});

throughPages('the confirm page of a pending session', ({ app, visitor, member, newcomer }) => {
  it('without a live challenge offers a new code, and is not the log-in', async () => {
    const { person } = await newcomer();
    app().clock.advance(minutes(7));
    await person.resend();
    app().clock.advance(minutes(4));
    const page = await person.get('/verify/');
    expect(page.status).toBe(200);
    expect(page.text).toContain('The code has expired. Ask for a new one.');
    expect(page.text).toContain('Send a new code');
    expect(page.html).not.toContain('one_time_password');
  });

  it('that has ended leads to the log-in, which says so', async () => {
    const { person } = await newcomer();
    app().clock.advance(minutes(10));
    expect(await person.post('/verify/', { one_time_password: '123456' })).toMatchObject({
      status: 303,
      location: '/login/',
    });
    expect((await person.get('/login/')).text).toContain(
      'The code has expired. Your session has ended. Please log in again.',
    );
    expect((await visitor().get('/login/')).text).not.toContain('Your session has ended');
  });

  it('clicked twice: the late click does not take away the session that the first one opened', async () => {
    const { person, form } = await newcomer();
    const late = person.twin();
    await person.confirm(app().codeFor(form.phoneNumber));
    const { location, headers } = await late.post('/verify/', {
      one_time_password: app().codeFor(form.phoneNumber),
    });
    person.jar.take(headers.getSetCookie());
    expect(await person.get(location!)).toMatchObject({ status: 303, location: '/dashboard/' });
    expect(await person.where()).toBe('active');
  });

  it('has a cookie that outlives every prolongation by a message sent again', async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.logOut();
    const { headers } = await visitor().post('/login/', {
      username: form.username,
      password: form.password,
    });
    expect(headers.getSetCookie().find((cookie) => cookie.startsWith('session='))).toContain(
      `Max-Age=${minutes(30) / 1000};`,
    );
  });

  it('says that nothing was sent inside the wait, and until when', async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.logOut();
    await visitor().logIn(form.username, form.password);
    const other = visitor();
    await other.logIn(form.username, form.password);
    const { text } = await other.get('/verify/');
    expect(text).toContain(
      'No message was sent just now, because one went to this number a moment ago.',
    );
    expect(text).toContain('You can ask for it in 30 seconds');
    expect(text).not.toContain('One-Time password sent');
    expect(text).not.toContain('verification code not sent');
  });
});

throughApi('the session answer of a pending session', ({ app, visitor, member }) => {
  it('inside the wait has sent_at null, resend_at at its end and no notice', async () => {
    const { person, form } = await member({ twoFactor: true });
    await person.logOut();
    await visitor().logIn(form.username, form.password);
    const resendAt = new Date(app().clock.now().getTime() + seconds(30)).toISOString();
    app().clock.advance(seconds(10));
    const other = visitor();
    await other.logIn(form.username, form.password);
    const confirmation = { purpose: 'login', sent_at: null, resend_at: resendAt, notice: null };
    expect(other.last).toMatchObject({ status: 201, body: { confirmation } });
  });
});

import { hours, minutes, seconds } from '../../src/common/clock.js';
import type { Person } from '../support/person.js';
import { throughBothFaces, type Member } from '../support/ways.js';

// The test application runs with ABUSE_LIMITS=record: these limits hold all the same.
throughBothFaces('messages to one number', ({ app, visitor, newcomer, member }) => {
  const tooEarly = (retryAfter: number) => ({
    status: 429,
    error: 'too_many_requests',
    retryAfter,
  });

  // One more message to the account's number, from a client of its own; how many went out so far.
  const anotherLogIn = async ({ form }: Member<Person>) => {
    await visitor().logIn(form.username, form.password);
    return app().sent(form.phoneNumber);
  };

  it('wait 30, 40, 60 and 90 seconds for each other', async () => {
    const { person, form } = await newcomer();
    for (const [index, wait] of [30, 40, 60, 90].entries()) {
      expect(await person.resend()).toMatchObject(tooEarly(wait));
      app().clock.advance(seconds(wait) - 1);
      expect(await person.resend()).toMatchObject(tooEarly(1));
      app().clock.advance(1);
      expect(await person.resend()).not.toHaveProperty('error');
      expect(app().sent(form.phoneNumber)).toBe(index + 2);
    }
  });

  it('are 5 in 10 minutes at most, whoever asks', async () => {
    const alice = await newcomer();
    for (const wait of [30, 40, 60, 90]) {
      app().clock.advance(seconds(wait));
      await alice.person.resend();
    }
    app().clock.advance(seconds(120));
    expect(await alice.person.resend()).toMatchObject(tooEarly(600 - 30 - 40 - 60 - 90 - 120));
    expect(await anotherLogIn(alice)).toBe(5);
    app().clock.advance(seconds(260));
    expect(await alice.person.resend()).not.toHaveProperty('error');
  });

  it('wait 120 seconds from the fifth on, and 30 again after 10 quiet minutes', async () => {
    const { person, form } = await newcomer();
    for (const wait of [30, 40, 60, 410]) {
      app().clock.advance(seconds(wait));
      await person.resend();
    }
    expect(await person.resend()).toMatchObject(tooEarly(120));
    app().clock.advance(seconds(120));
    await person.resend();
    expect(app().sent(form.phoneNumber)).toBe(6);
    expect(await person.resend()).toMatchObject(tooEarly(120));
    app().clock.advance(minutes(10));
    const other = visitor();
    await other.logIn(form.username, form.password);
    expect(app().sent(form.phoneNumber)).toBe(7);
    expect(await other.resend()).toMatchObject(tooEarly(30));
  });

  it('are 10 a day to one account that nobody answers', async () => {
    const alice = await member({ twoFactor: true });
    for (let sent = 2; sent <= 11; sent += 1) {
      app().clock.advance(minutes(11));
      expect(await anotherLogIn(alice)).toBe(sent);
    }
    app().clock.advance(minutes(11));
    expect(await anotherLogIn(alice)).toBe(11);
    app().clock.advance(hours(24));
    expect(await anotherLogIn(alice)).toBe(12);
  });

  it('are 10 a day to one number, whoever registers with it', async () => {
    const { form } = await newcomer();
    for (let sent = 2; sent <= 10; sent += 1) {
      app().clock.advance(minutes(11));
      await newcomer({ phoneNumber: form.phoneNumber });
      expect(app().sent(form.phoneNumber)).toBe(sent);
    }
    app().clock.advance(minutes(11));
    await newcomer({ phoneNumber: form.phoneNumber });
    expect(app().sent(form.phoneNumber)).toBe(10);
  });

  it("are counted apart before and after the proof: a stranger does not use up the owner's", async () => {
    const owner = await member({ twoFactor: true });
    app().clock.advance(minutes(1));
    const stranger = await newcomer({ phoneNumber: owner.form.phoneNumber });
    for (const wait of [30, 40, 60, 90]) {
      app().clock.advance(seconds(wait));
      await stranger.person.resend();
    }
    const sent = app().sent(owner.form.phoneNumber);
    expect(await anotherLogIn(owner)).toBe(sent + 1);
  });
});

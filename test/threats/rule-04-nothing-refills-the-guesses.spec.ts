import { Like, MoreThan } from 'typeorm';
import { days, minutes, seconds } from '../../src/common/clock.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD } from '../support/people.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';
import { makeAccount, wrong } from '../support/ways.js';

onBothDatabases('rule 4: nothing refills the budget of guesses', (database) => {
  let app: WatchedApp;
  beforeAll(async () => {
    app = await startWatched({ database });
  });
  beforeEach(() => app.provider.forget());
  afterAll(() => app.close());

  async function thief() {
    const form = await makeAccount(app, { phoneNumberVerified: false });
    const logIn = async () => {
      const person = new ApiPerson(app.url);
      await person.logIn(form.username, PASSWORD);
      return person;
    };
    return { logIn, code: () => app.codeFor(form.phoneNumber) };
  }

  async function guess(person: ApiPerson, right: string, times: number) {
    for (let tries = 0; tries < times; tries += 1) await person.confirm(wrong(right));
  }

  it('sending the same code again leaves the tries as they are', async () => {
    const { logIn, code } = await thief();
    const person = await logIn();
    await guess(person, code(), 4);
    app.clock.advance(seconds(31));
    await person.resend();
    expect(await person.confirm(wrong(code()))).toMatchObject({ attemptsLeft: 0 });
    expect(await person.confirm(code())).toMatchObject({ error: 'too_many_attempts' });
  });

  it('neither new codes nor new sessions allow an eleventh guess in a row', async () => {
    const { logIn, code } = await thief();
    const first = await logIn();
    await guess(first, code(), 5);
    app.clock.advance(seconds(31));
    await first.resend();
    await guess(first, code(), 4);
    app.clock.advance(minutes(2));
    const second = await logIn();
    await guess(second, code(), 5);
    expect(app.provider.compared).toHaveLength(10);
    expect(await second.confirm(code())).toMatchObject({
      error: 'too_many_attempts',
      retryAfter: 900,
    });
    app.clock.advance(minutes(15));
    const third = await logIn();
    expect(await third.confirm(code())).not.toHaveProperty('error');
  });

  it('after 100 wrong in a row not even the right code of tomorrow helps', async () => {
    const { logIn, code } = await thief();
    for (let day = 0; day < 21; day += 1) {
      await guess(await logIn(), code(), 5);
      app.clock.advance(days(2));
    }
    expect(app.provider.compared).toHaveLength(100);
    expect(await (await logIn()).confirm(code())).toMatchObject({
      error: 'too_many_attempts',
      retryAfter: days(1) / 1000,
    });
  });

  it('a proof for the second factor draws on the tries of a log-in, and an old password on those of its log-in', async () => {
    const form = await makeAccount(app);
    const person = new ApiPerson(app.url);
    await person.logIn(form.username, PASSWORD);
    for (let tries = 0; tries < 10; tries += 1)
      await person.changePassword('not the right one', 'quite another long phrase');
    expect(await new ApiPerson(app.url).logIn(form.username, PASSWORD)).toMatchObject({
      error: 'too_many_attempts',
    });

    await person.setTwoFactor(true);
    await guess(person, app.codeFor(form.phoneNumber), 5);
    app.clock.advance(seconds(31));
    await person.resend();
    await guess(person, app.codeFor(form.phoneNumber), 5);
    await app.db.getRepository(User).update({ username: form.username }, { twoFactorAuth: true });
    app.clock.advance(minutes(2));
    const thief = new ApiPerson(app.url);
    await thief.logIn(form.username, PASSWORD);
    expect(await thief.confirm(app.codeFor(form.phoneNumber))).toMatchObject({
      error: 'too_many_attempts',
    });
    expect(app.provider.compared).toHaveLength(10);
  });

  it('a right code forgets the wrong ones before it', async () => {
    const counted = () =>
      app.db.getRepository(Budget).countBy({ key: Like('wrong-codes:%'), count: MoreThan(0) });
    const { logIn, code } = await thief();
    const person = await logIn();
    const before = await counted();
    await guess(person, code(), 4);
    expect(await counted()).toBe(before + 1);
    await person.confirm(code());
    expect(await counted()).toBe(before);
  });
});

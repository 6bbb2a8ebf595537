import { Session } from '../../src/auth/session.entity.js';
import { minutes } from '../../src/common/clock.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { PasswordHasher } from '../../src/users/password-hasher.js';
import { User } from '../../src/users/user.entity.js';
import { Like } from 'typeorm';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

const NEW = 'quite another long phrase';

onBothDatabases('log-ins and changes all at once', (database) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ database });
  });
  afterAll(() => app.close());

  const logIn = async (username: string, password = PASSWORD) => {
    const person = new ApiPerson(app.url);
    return { person, outcome: await person.logIn(username, password) };
  };
  const idOf = async (username: string) => (await app.db.getRepository(User).findOneByOrFail({ username })).id;
  const sessionsOf = async (username: string) => app.db.getRepository(Session).countBy({ userId: await idOf(username) });

  it('50 people log in, each into a session of their own', async () => {
    const accounts = [];
    for (let count = 0; count < 50; count += 1) accounts.push(await makeAccount(app));
    const tries = await Promise.all(accounts.map(({ username }) => logIn(username)));
    expect(tries.map(({ outcome }) => outcome.status)).toEqual(Array(50).fill(201));
    const places = await Promise.all(tries.map(({ person }) => person.where()));
    expect(new Set(places)).toEqual(new Set(['active']));
  });

  it('50 log-ins of one person: as many sessions as successes, and the next log-in works', async () => {
    const { username } = await makeAccount(app);
    const tries = await Promise.all(Array.from({ length: 50 }, () => logIn(username)));
    const successes = tries.filter(({ outcome }) => outcome.status === 201);
    expect(new Set(tries.map(({ outcome }) => outcome.status))).toEqual(new Set([201, 429]));
    expect(successes.length).toBeGreaterThan(0);
    expect(await sessionsOf(username)).toBe(successes.length);
    app.clock.advance(minutes(1));
    expect((await logIn(username)).outcome).toMatchObject({ status: 201 });
  });

  it('of 60 wrong passwords at once 10 are hashed, and the count is exact', async () => {
    const { username } = await makeAccount(app);
    const before = await app.db.getRepository(Budget).countBy({ key: Like('wrong-passwords-here:%'), count: 10 });
    const tries = await Promise.all(Array.from({ length: 60 }, () => logIn(username, 'not the right one')));
    expect(tries.filter(({ outcome }) => outcome.status === 401)).toHaveLength(10);
    expect(tries.filter(({ outcome }) => outcome.status === 429)).toHaveLength(50);
    expect(await app.db.getRepository(Budget).countBy({ key: Like('wrong-passwords-here:%'), count: 10 })).toBe(before + 1);
  });

  it('a second factor set many times at once is set, once', async () => {
    const form = await makeAccount(app);
    const { person } = await logIn(form.username);
    await person.setTwoFactor(true);
    await person.confirm(app.codeFor(form.phoneNumber));
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => person.twin().setTwoFactor(true)));
    expect(outcomes.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect(await app.db.getRepository(User).findOneByOrFail({ username: form.username })).toMatchObject({ twoFactorAuth: true });
    expect(await person.where()).toBe('active');
  });

  it('of two password changes in two sessions one holds, and its session alone lives', async () => {
    const { username } = await makeAccount(app);
    const people = [(await logIn(username)).person, (await logIn(username)).person];
    const outcomes = await Promise.all(people.map((person, index) => person.changePassword(PASSWORD, `${NEW} ${index}`)));
    const winner = outcomes.findIndex(({ status }) => status === 200);
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await sessionsOf(username)).toBe(1);
    expect((await logIn(username, `${NEW} ${winner}`)).outcome).toMatchObject({ status: 201 });
  });

  it('a log-in by the old password does not outlive the change it raced with', async () => {
    const { username } = await makeAccount(app);
    const { person } = await logIn(username);
    const hasher = app.app.get(PasswordHasher, { strict: false });
    const verify = hasher.verify.bind(hasher);
    hasher.verify = async (...args) => {
      const isRight = await verify(...args);
      hasher.verify = verify;
      await person.changePassword(PASSWORD, NEW);
      return isRight;
    };
    const thief = await logIn(username);
    expect(thief.outcome).toMatchObject({ error: 'invalid_credentials' });
    expect([await thief.person.where(), await person.where()]).toEqual(['stranger', 'active']);
    expect(await sessionsOf(username)).toBe(1);
  });
});

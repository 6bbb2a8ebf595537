import { pbkdf2Sync } from 'node:crypto';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { KeyRing } from '../../src/config/keys/key-ring.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { PasswordHasher } from '../../src/users/passwords/password-hasher.js';
import { User } from '../../src/users/user.entity.js';
import { Like, MoreThan } from 'typeorm';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD } from '../support/people.js';
import { SECRET_KEY, startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

const NEW = 'quite another long phrase';
const OLD_KEY = 'another key of long ago that still is understood';

const hasher = (cost: number, key = SECRET_KEY) =>
  new PasswordHasher({ cost, keys: new KeyRing([key]).for('password') });
const djangoHash = (password: string): string =>
  `pbkdf2_sha256$1000$salt$${pbkdf2Sync(password, 'salt', 1000, 32, 'sha256').toString('base64')}`;

onBothDatabases('log-ins and changes all at once', (database) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ database, environment: { SECRET_KEY: `${SECRET_KEY},${OLD_KEY}` } });
  });
  afterAll(() => app.close());

  const logIn = async (username: string, password = PASSWORD) => {
    const person = new ApiPerson(app.url);
    return { person, outcome: await person.logIn(username, password) };
  };
  const row = (username: string) => app.db.getRepository(User).findOneByOrFail({ username });
  const sessionsOf = async (username: string) =>
    app.db.getRepository(Session).countBy({ userId: (await row(username)).id });
  const ours = () => app.app.get(PasswordHasher, { strict: false });
  const afterNextComparing = (act: () => Promise<unknown>) => {
    const verify = ours().verify.bind(ours());
    ours().verify = async (...args) => {
      const isRight = await verify(...args);
      ours().verify = verify;
      await act();
      return isRight;
    };
  };

  it('50 people log in, each into a session of their own', async () => {
    const accounts = [];
    for (let count = 0; count < 50; count += 1) accounts.push(await makeAccount(app));
    const tries = await Promise.all(accounts.map(({ username }) => logIn(username)));
    expect(tries.map(({ outcome }) => outcome.status)).toEqual(Array(50).fill(201));
    const places = await Promise.all(tries.map(({ person }) => person.where()));
    expect(new Set(places)).toEqual(new Set(['active']));
  });

  it('50 right log-ins of one person all get in, even after nine wrong ones, and leave no wrong one behind', async () => {
    const { username } = await makeAccount(app);
    for (let tries = 0; tries < 9; tries += 1) await logIn(username, 'not the right one');
    const before = await app.db
      .getRepository(Budget)
      .countBy({ key: Like('wrong-passwords%'), count: MoreThan(0) });
    const tries = await Promise.all(Array.from({ length: 50 }, () => logIn(username)));
    expect(tries.map(({ outcome }) => outcome.status)).toEqual(Array(50).fill(201));
    expect(await sessionsOf(username)).toBe(50);
    // Those of the person and the place are forgotten; the network keeps the nine.
    expect(
      await app.db
        .getRepository(Budget)
        .countBy({ key: Like('wrong-passwords%'), count: MoreThan(0) }),
    ).toBe(before - 2);
  });

  describe.each([
    ['of another cost', (password: string) => hasher(5).hash(password)],
    ['by a key that was rotated', (password: string) => hasher(4, OLD_KEY).hash(password)],
    ['of Django', (password: string) => Promise.resolve(djangoHash(password))],
  ])('while the stored hash, %s, is renewed', (_kind, hashOf) => {
    it('two at once both get in, and so does the next', async () => {
      for (let round = 0; round < 5; round += 1) {
        const { username } = await makeAccount(app, { password: await hashOf(PASSWORD) });
        const tries = await Promise.all([logIn(username), logIn(username)]);
        expect(tries.map(({ outcome }) => outcome.status)).toEqual([201, 201]);
        expect(ours().needsRehash((await row(username)).password)).toBe(false);
        expect((await logIn(username)).outcome.status).toBe(201);
      }
    });

    it('by another instance between the comparing and the session, it gets in all the same', async () => {
      const { username } = await makeAccount(app, { password: await hashOf(PASSWORD) });
      afterNextComparing(async () => {
        await app.db
          .getRepository(User)
          .update({ username }, { password: await hasher(4).hash(PASSWORD) });
      });
      expect((await logIn(username)).outcome.status).toBe(201);
    });
  });

  it('of 60 wrong passwords at once 10 are hashed, and the count is exact', async () => {
    const { username } = await makeAccount(app);
    const before = await app.db
      .getRepository(Budget)
      .countBy({ key: Like('wrong-passwords-here:%'), count: 10 });
    const tries = await Promise.all(
      Array.from({ length: 60 }, () => logIn(username, 'not the right one')),
    );
    expect(tries.filter(({ outcome }) => outcome.status === 401)).toHaveLength(10);
    expect(tries.filter(({ outcome }) => outcome.status === 429)).toHaveLength(50);
    expect(
      await app.db
        .getRepository(Budget)
        .countBy({ key: Like('wrong-passwords-here:%'), count: 10 }),
    ).toBe(before + 1);
  });

  it('a second factor set many times at once is set, once', async () => {
    const form = await makeAccount(app);
    const { person } = await logIn(form.username);
    await person.setTwoFactor(true);
    await person.confirm(app.codeFor(form.phoneNumber));
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () => person.twin().setTwoFactor(true)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect(
      await app.db.getRepository(User).findOneByOrFail({ username: form.username }),
    ).toMatchObject({ twoFactorAuth: true });
    expect(await person.where()).toBe('active');
  });

  it('of two password changes in two sessions one holds, and its session alone lives', async () => {
    const { username } = await makeAccount(app);
    const people = [(await logIn(username)).person, (await logIn(username)).person];
    const outcomes = await Promise.all(
      people.map((person, index) => person.changePassword(PASSWORD, `${NEW} ${index}`)),
    );
    const winner = outcomes.findIndex(({ status }) => status === 200);
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await sessionsOf(username)).toBe(1);
    expect((await logIn(username, `${NEW} ${winner}`)).outcome).toMatchObject({ status: 201 });
  });

  it('a log-in by the old password does not outlive the change it raced with', async () => {
    const { username } = await makeAccount(app);
    const { person } = await logIn(username);
    afterNextComparing(() => person.changePassword(PASSWORD, NEW));
    const thief = await logIn(username);
    expect(thief.outcome).toMatchObject({ error: 'invalid_credentials' });
    expect([await thief.person.where(), await person.where()]).toEqual(['stranger', 'active']);
    expect(await sessionsOf(username)).toBe(1);
  });
});

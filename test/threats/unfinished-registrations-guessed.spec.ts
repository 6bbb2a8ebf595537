import { jest } from '@jest/globals';
import { Like, MoreThan } from 'typeorm';
import { CredentialsService } from '../../src/auth/credentials.service.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { minutes } from '../../src/common/clock.js';
import { User } from '../../src/users/user.entity.js';
import { HashQueue } from '../../src/users/passwords/hash-queue.js';
import { PasswordHasher } from '../../src/users/passwords/password-hasher.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount } from '../support/ways.js';

const GUESS = 'a long enough wrong guess';

onBothDatabases(
  'passwords of unfinished registrations guessed at the door of registrations',
  (database) => {
    let app: TestApp;
    beforeAll(async () => {
      app = await startApp({ database });
    });
    afterAll(() => app.close());

    const register = (form: ReturnType<typeof somebody>) => new ApiPerson(app.url).register(form);
    const unfinished = async () => {
      const form = somebody();
      await register(form);
      return form;
    };

    it('of 50 guesses at once 10 are compared; then the right one waits as well, told like any name that is taken', async () => {
      const form = await unfinished();
      const verify = jest.spyOn(app.app.get(PasswordHasher, { strict: false }), 'verify');
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, at) => register({ ...form, password: `${GUESS} ${at}` })),
      );
      const real = verify.mock.calls.filter(([, stored]) => stored !== null);
      verify.mockRestore();
      expect(outcomes.map(({ error }) => error)).toEqual(Array(50).fill('username_taken'));
      expect(real).toHaveLength(10);
      expect(await register(form)).toMatchObject({ error: 'username_taken' });
      app.clock.advance(minutes(1));
      expect(await register(form)).not.toHaveProperty('error');
    });

    it('no log-in tells that it was the right number with which a name was guessed at', async () => {
      const [guessed, elsewhere, finished] = [
        await unfinished(),
        await unfinished(),
        await makeAccount(app),
      ];
      const people = [guessed, { ...elsewhere, phoneNumber: '+14155550178' }, finished];
      for (const form of people)
        for (let tries = 0; tries < 11; tries += 1) await register({ ...form, password: GUESS });
      for (const { username, password } of people) {
        expect(await new ApiPerson(app.url).logIn(username, GUESS)).toMatchObject({
          error: 'invalid_credentials',
        });
        expect(await new ApiPerson(app.url).logIn(username, password)).toMatchObject({
          status: 201,
        });
      }
      expect(await register(guessed)).toMatchObject({ error: 'username_taken' });
      const user = await app.db.getRepository(User).findOneByOrFail({ username: guessed.username });
      await app.app.get(CredentialsService, { strict: false }).unlock(user);
      expect(await register(guessed)).not.toHaveProperty('error');
    });

    it('a name that is merely taken costs one hash like one that is guessed at, and counts for nobody', async () => {
      const [guessed, elsewhere, finished] = [
        await unfinished(),
        await unfinished(),
        await makeAccount(app),
      ];
      const counted = () =>
        app.db.getRepository(Budget).countBy({ key: Like('wrong-passwords%'), count: MoreThan(0) });
      const hashes = jest.spyOn(HashQueue.prototype, 'run');
      const costOf = async (form: ReturnType<typeof somebody>) => {
        hashes.mockClear();
        const person = new ApiPerson(app.url);
        const { error } = await person.register(form);
        return { error, hashes: hashes.mock.calls.length, said: person.last!.body['detail'] };
      };
      const expected = {
        error: 'username_taken',
        hashes: 1,
        said: 'A user with that username already exists.',
      };
      expect(await costOf({ ...guessed, password: GUESS })).toEqual(expected);
      expect(await costOf({ ...elsewhere, phoneNumber: '+14155550178' })).toEqual(expected);
      expect(await costOf({ ...finished, password: GUESS })).toEqual(expected);
      hashes.mockRestore();
      expect(await counted()).toBeGreaterThan(0);
      for (let tries = 0; tries < 35; tries += 1)
        await register({ ...somebody(), username: finished.username, password: GUESS });
      expect(
        await new ApiPerson(app.url).logIn(finished.username, finished.password),
      ).toMatchObject({ status: 201 });
    });
  },
);

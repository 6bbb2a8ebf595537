import { User } from '../../src/users/user.entity.js';
import { hours } from '../../src/common/clock.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';

onBothDatabases('registrations all at once', (database) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ database });
  });
  afterAll(() => app.close());

  const users = () => app.db.getRepository(User);
  const register = async (form = somebody()) => {
    const person = new ApiPerson(app.url);
    return { person, form, outcome: await person.register(form) };
  };
  const statuses = (tries: { outcome: { status: number } }[]) =>
    tries.map(({ outcome }) => outcome.status).sort();

  it('of 20 for one username one gets it, and 19 hear that it is taken', async () => {
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        register(somebody(index % 2 === 0 ? 'Everybody' : 'everybody')),
      ),
    );
    expect(statuses(tries)).toEqual([201, ...Array<number>(19).fill(409)]);
    expect(tries.filter(({ outcome }) => outcome.error === 'username_taken')).toHaveLength(19);
    expect(await users().countBy({ usernameKey: 'everybody' })).toBe(1);
  });

  it('an expired registration is replaced by one of many, under a new id', async () => {
    const { form } = await register();
    const { id } = await users().findOneByOrFail({ username: form.username });
    app.clock.advance(hours(2));
    const tries = await Promise.all(
      Array.from({ length: 8 }, () => register(somebody(form.username))),
    );
    expect(statuses(tries)).toEqual([201, ...Array<number>(7).fill(409)]);
    expect((await users().findOneByOrFail({ username: form.username })).id).toBeGreaterThan(id);
  });

  it('different people do not disturb each other', async () => {
    const tries = await Promise.all(Array.from({ length: 15 }, () => register()));
    expect(statuses(tries)).toEqual(Array(15).fill(201));
    const confirmed = await Promise.all(
      tries.map(({ person, form }) => person.confirm(app.codeFor(form.phoneNumber))),
    );
    expect(confirmed.map(({ status }) => status)).toEqual(Array(15).fill(200));
  });

  it('of two accounts with one number the first to confirm has it, the other one hears so and goes', async () => {
    const first = await register();
    const firstCode = app.codeFor(first.form.phoneNumber);
    app.clock.advance(60_000);
    const second = await register({ ...somebody(), phoneNumber: first.form.phoneNumber });
    expect(await second.person.confirm(app.codeFor(first.form.phoneNumber))).toMatchObject({
      status: 200,
    });
    expect(await first.person.confirm(firstCode)).toMatchObject({
      status: 409,
      error: 'phone_number_taken',
    });
    expect(await first.person.where()).toBe('stranger');
    expect(await users().countBy({ username: first.form.username })).toBe(0);
  });

  it('and so when both confirm at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const first = await register();
      const firstCode = app.codeFor(first.form.phoneNumber);
      app.clock.advance(60_000);
      const second = await register({ ...somebody(), phoneNumber: first.form.phoneNumber });
      const outcomes = await Promise.all([
        first.person.confirm(firstCode),
        second.person.confirm(app.codeFor(first.form.phoneNumber)),
      ]);
      expect(outcomes.map(({ status, error }) => error ?? status).sort()).toEqual([
        200,
        'phone_number_taken',
      ]);
      expect(await users().countBy({ verifiedPhoneNumber: first.form.phoneNumber })).toBe(1);
    }
  });
});

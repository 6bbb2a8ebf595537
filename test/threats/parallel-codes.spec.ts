import { jest } from '@jest/globals';
import { AppError } from '../../src/common/errors/app-error.js';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { minutes, seconds } from '../../src/common/clock.js';
import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { Conversion } from '../../src/messaging/limits/conversion.entity.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { User } from '../../src/users/user.entity.js';
import { UserNumbersService } from '../../src/users/user-numbers.service.js';
import { Like, MoreThan } from 'typeorm';
import { ApiPerson } from '../support/api-person.js';
import { oneOfMany } from '../support/crowd.js';
import { onBothDatabases, withMariaDb } from '../support/databases.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import type { Outcome, Person } from '../support/person.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';
import { makeAccount, wrong } from '../support/ways.js';

onBothDatabases('codes typed in all at once', (database) => {
  let app: WatchedApp;
  beforeAll(async () => {
    app = await startWatched({ database });
  });
  beforeEach(async () => {
    app.provider.forget();
    await app.db.getRepository(Budget).clear();
  });
  afterAll(() => app.close());

  async function newcomer() {
    const person = new ApiPerson(app.url);
    const form = somebody();
    await person.register(form);
    const { id } = await app.db.getRepository(User).findOneByOrFail({ username: form.username });
    return { person, id, code: () => app.codeFor(form.phoneNumber) };
  }
  const atOnce = (times: number, person: Person, act: (twin: Person) => Promise<Outcome>) =>
    Promise.all(Array.from({ length: times }, () => act(person.twin())));
  const wrongCodesCounted = () =>
    app.db.getRepository(Budget).countBy([
      { key: Like('wrong-codes%'), count: MoreThan(0) },
      { key: Like('code-accounts%'), count: MoreThan(0) },
    ]);
  const expectNoCrash = (outcomes: Outcome[]) =>
    expect(outcomes.filter(({ status }) => status === 500)).toEqual([]);

  it('of 50 right ones exactly one succeeds, and one session lives', async () => {
    const { person, id, code } = await newcomer();
    const outcomes = await atOnce(50, person, (twin) => twin.confirm(code()));
    expectNoCrash(outcomes);
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await app.db.getRepository(Session).countBy({ userId: id })).toBe(1);
    expect(app.provider.compared.length).toBeLessThanOrEqual(5);
  });

  it('of 50 right ones none is counted as wrong, and the losers hear where to go on', async () => {
    const { person, code } = await newcomer();
    const outcomes = await atOnce(50, person, async (twin) => {
      const outcome = await twin.confirm(code());
      return { ...outcome, detail: (twin as ApiPerson).last!.body['detail'] };
    });
    const losers = outcomes.filter(({ status }) => status !== 200);
    // A token that was dead on arrival says so.
    expect(new Set(losers.map(({ error }) => error))).not.toContain('too_many_attempts');
    for (const loser of losers.filter(({ error }) => error === 'no_pending_confirmation'))
      expect(loser).toMatchObject({
        status: 409,
        detail: expect.stringMatching(/has just confirmed this/) as unknown,
      });
    expect(await wrongCodesCounted()).toBe(0);
  });

  it('a right one that could not be noted is no wrong one, and works the next time', async () => {
    const { person, id, code } = await newcomer();
    const users = app.app.get(UserNumbersService, { strict: false });
    jest.spyOn(users, 'markPhoneVerified').mockRejectedValueOnce(new AppError('busy'));
    expect(await person.confirm(code())).toMatchObject({ status: 503, error: 'busy' });
    expect(await wrongCodesCounted()).toBe(0);
    expect(await app.db.getRepository(Challenge).findOneByOrFail({ userId: id })).toMatchObject({
      attemptsLeft: 5,
    });
    expect(await person.confirm(code())).toMatchObject({ status: 200 });
  });

  it('of 50 double clicks on the page all are led to the dashboard, where the winner is', async () => {
    const person = new PagePerson(app.url);
    const form = somebody();
    await person.register(form);
    const code = app.codeFor(form.phoneNumber);
    const twins = Array.from({ length: 50 }, () => person.twin());
    const pages = await Promise.all(
      twins.map((twin) => twin.post('/verify/', { one_time_password: code })),
    );
    const places = pages.map(({ status, location }) => [status, location?.replace(/\?.*/, '')]);
    // Who came with a dead token is led by way of the log-in, which sends on whoever is in.
    expect(places.filter(([, place]) => place !== '/login/')).toEqual(
      expect.arrayContaining([[303, '/dashboard/']]) as unknown,
    );
    expect(new Set(places.map(([status, place]) => `${status} ${place}`))).not.toContain(
      '409 undefined',
    );
    expect(places.every(([status]) => status === 303)).toBe(true);
    expect(pages.map(({ text }) => text).join('')).not.toMatch(/nothing to confirm/i);
    const winners = twins.filter((twin) => twin.token() !== person.token());
    expect(winners).toHaveLength(1);
    expect(await winners[0]!.where()).toBe('active');
    expect(await wrongCodesCounted()).toBe(0);
  });

  it('of 200 wrong ones at most 5 are compared, and the count is exact', async () => {
    const { person, id, code } = await newcomer();
    expectNoCrash(await atOnce(200, person, (twin) => twin.confirm(wrong(code()))));
    expect(app.provider.compared).toHaveLength(5);
    expect(await app.db.getRepository(Challenge).findOneByOrFail({ userId: id })).toMatchObject({
      attemptsLeft: 0,
    });

    app.clock.advance(seconds(31));
    await person.resend();
    for (let tries = 0; tries < 4; tries += 1)
      expect(await person.confirm(wrong(code()))).toMatchObject({ error: 'wrong_code' });
    expect(await person.confirm(code())).toMatchObject({ status: 200 });
  });

  it('over many sessions of one account no more than 10 are compared', async () => {
    const form = await makeAccount(app, { phoneNumberVerified: false });
    const people = Array.from({ length: 4 }, () => new ApiPerson(app.url));
    for (const person of people) await person.logIn(form.username, PASSWORD);
    const outcomes = await Promise.all(
      people.flatMap((person) => Array.from({ length: 20 }, () => person.twin().confirm('000000'))),
    );
    expectNoCrash(outcomes);
    expect(app.provider.compared.length).toBeLessThanOrEqual(10);
    const codeless = await people[0]?.confirm(app.codeFor(form.phoneNumber));
    expect(codeless).toMatchObject({ error: 'too_many_attempts' });
    app.clock.advance(minutes(20));
  });

  it('one right among 30 wrong ones: never more than 5 compared, never two sessions', async () => {
    const { person, id, code } = await newcomer();
    const outcomes = await Promise.all(
      Array.from({ length: 31 }, (_, index) =>
        person.twin().confirm(index === 3 ? code() : wrong(code())),
      ),
    );
    expectNoCrash(outcomes);
    expect(app.provider.compared.length).toBeLessThanOrEqual(5);
    expect(await app.db.getRepository(Session).countBy({ userId: id })).toBe(1);
  });

  it('of many people are all taken, and each is counted for the region of its number', async () => {
    const conversions = app.db.getRepository(Conversion);
    await conversions.clear();
    const confirmed = async (at: number) => {
      const [person, form] = [new ApiPerson(app.url), oneOfMany(at)];
      await person.register(form);
      return (await person.confirm(app.codeFor(form.phoneNumber))).status;
    };
    // Fewer at once than the accounts at which one network may guess.
    for (const first of [0, 18, 36]) {
      const statuses = await Promise.all(
        Array.from({ length: 18 }, (_, at) => confirmed(first + at)),
      );
      expect(statuses).toEqual(Array(18).fill(200));
    }
    // Each for its country, and for a block that few of them share.
    expect([await conversions.sum('sent'), await conversions.sum('confirmed')]).toEqual([108, 108]);
  });

  it('50 asked for again at once are one message', async () => {
    const { person, code } = await newcomer();
    app.clock.advance(seconds(31));
    const outcomes = await atOnce(50, person, (twin) => twin.resend());
    expectNoCrash(outcomes);
    expect(outcomes.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(app.provider.started).toHaveLength(2);
    expect(await person.confirm(code())).toMatchObject({ status: 200 });
  });
});

withMariaDb('codes typed in at two instances at once', () => {
  let apps: TestApp[];
  beforeAll(async () => {
    const use = await migratedDatabase('MariaDB');
    apps = [await startApp({ use }), await startApp({ use })];
  });
  afterAll(async () => {
    for (const app of apps) await app.close();
    await apps[0]!.database.drop();
  });

  it('two right ones leave no wrong one behind, and one session', async () => {
    const [app] = apps as [TestApp];
    for (let round = 0; round < 10; round += 1) {
      const person = new ApiPerson(app.url);
      const form = somebody();
      await person.register(form);
      const code = app.codeFor(form.phoneNumber);
      const outcomes = await Promise.all(
        apps.flatMap(({ url }) => [person.at(url).confirm(code), person.at(url).confirm(code)]),
      );
      expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(outcomes.map(({ error }) => error)).not.toContain('too_many_attempts');
    }
    expect(
      await app.db.getRepository(Budget).countBy({ key: Like('wrong-codes%'), count: MoreThan(0) }),
    ).toBe(0);
    expect(
      await app.db
        .getRepository(Budget)
        .countBy({ key: Like('code-accounts%'), count: MoreThan(0) }),
    ).toBe(0);
  });
});

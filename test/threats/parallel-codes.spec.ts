import { Session } from '../../src/auth/session.entity.js';
import { minutes, seconds } from '../../src/common/clock.js';
import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { Conversion } from '../../src/phone-verification/conversion.entity.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { oneOfMany } from '../support/crowd.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD, somebody } from '../support/people.js';
import type { Outcome, Person } from '../support/person.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';
import { makeAccount, wrong } from '../support/ways.js';

onBothDatabases('codes typed in all at once', (database) => {
  let app: WatchedApp;
  beforeAll(async () => {
    app = await startWatched({ database });
  });
  beforeEach(() => app.provider.forget());
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
  const expectNoCrash = (outcomes: Outcome[]) => expect(outcomes.filter(({ status }) => status === 500)).toEqual([]);

  it('of 50 right ones exactly one succeeds, and one session lives', async () => {
    const { person, id, code } = await newcomer();
    const outcomes = await atOnce(50, person, (twin) => twin.confirm(code()));
    expectNoCrash(outcomes);
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await app.db.getRepository(Session).countBy({ userId: id })).toBe(1);
    expect(app.provider.compared.length).toBeLessThanOrEqual(5);
  });

  it('of 200 wrong ones at most 5 are compared, and the count is exact', async () => {
    const { person, id, code } = await newcomer();
    expectNoCrash(await atOnce(200, person, (twin) => twin.confirm(wrong(code()))));
    expect(app.provider.compared).toHaveLength(5);
    expect(await app.db.getRepository(Challenge).findOneByOrFail({ userId: id })).toMatchObject({ attemptsLeft: 0 });

    app.clock.advance(seconds(31));
    await person.resend();
    for (let tries = 0; tries < 4; tries += 1) expect(await person.confirm(wrong(code()))).toMatchObject({ error: 'wrong_code' });
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
      Array.from({ length: 31 }, (_, index) => person.twin().confirm(index === 3 ? code() : wrong(code()))),
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
      const statuses = await Promise.all(Array.from({ length: 18 }, (_, at) => confirmed(first + at)));
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

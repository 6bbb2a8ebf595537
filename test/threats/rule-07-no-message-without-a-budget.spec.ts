import { days, hours, minutes, seconds } from '../../src/common/clock.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD, somebody } from '../support/people.js';
import { makeTwoFactorAccount } from '../support/two-factor-account.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';

onBothDatabases('rule 7: nothing that costs money happens without a budget', (database) => {
  let app: WatchedApp;
  beforeAll(async () => {
    app = await startWatched({
      database,
      environment: { ABUSE_LIMITS: 'enforce', DEFAULT_COUNTRY: 'US' },
    });
  });
  beforeEach(() => {
    app.provider.forget();
    app.clock.advance(days(2));
  });
  afterAll(() => app.close());

  const sent = () => app.provider.started.length;
  const count = async () =>
    (await app.db.getRepository(Budget).find()).reduce((sum, { count }) => sum + count, 0);
  const logIn = async (username: string) => {
    const person = new ApiPerson(app.url);
    await person.logIn(username, PASSWORD);
    return person;
  };
  const register = async (form: { username: string; phoneNumber: string; password: string }) => {
    const person = new ApiPerson(app.url);
    await person.register(form);
    return person;
  };

  it('counts a message before the provider is asked for it', async () => {
    const before = await count();
    let during = 0;
    app.provider.beforeStart = async () => {
      during = await count();
    };
    await register(somebody());
    expect(during).toBeGreaterThanOrEqual(before + 5);
  });

  it('keeps the waits between two messages to one number, whoever asks in whatever session', async () => {
    const { username } = await makeTwoFactorAccount(app);
    const first = await logIn(username);
    const gaps = [30, 40, 60, 90];
    for (const [index, gap] of gaps.entries()) {
      app.clock.advance(seconds(gap - 1));
      expect(await first.resend()).toMatchObject({
        status: 429,
        error: 'too_many_requests',
        retryAfter: 1,
      });
      expect((await logIn(username)).last?.body['confirmation']).toMatchObject({ sent_at: null });
      expect(sent()).toBe(index + 1);
      app.clock.advance(seconds(1));
      expect(await first.resend()).toMatchObject({ status: 202 });
    }
    expect(sent()).toBe(5);
  });

  it('sends at most 5 in 10 minutes and 10 a day to one number', async () => {
    const { username } = await makeTwoFactorAccount(app);
    let most = 0;
    for (let tenMinutes = 0; tenMinutes < 8; tenMinutes += 1) {
      const before = sent();
      for (let half = 0; half < 5; half += 1) {
        await logIn(username);
        app.clock.advance(minutes(2));
      }
      most = Math.max(most, sent() - before);
    }
    expect(most).toBeLessThanOrEqual(5);
    expect(sent()).toBe(10);
  });

  it("a stranger who registers with a number cannot use up its owner's messages", async () => {
    const owner = await makeTwoFactorAccount(app);
    for (let tries = 0; tries < 12; tries += 1) {
      await register({ ...somebody(), phoneNumber: owner.phoneNumber });
      app.clock.advance(minutes(3));
    }
    app.provider.forget();
    expect((await logIn(owner.username)).last?.body['confirmation']).toMatchObject({
      sent_at: expect.any(String) as string,
    });
    expect(sent()).toBe(1);
  });

  it('registrations: 10 an hour and 30 a day from one address', async () => {
    for (let tries = 0; tries < 12; tries += 1) await register(somebody());
    expect(sent()).toBe(10);
    for (let hour = 0; hour < 4; hour += 1) {
      app.clock.advance(hours(1));
      for (let tries = 0; tries < 11; tries += 1) await register(somebody());
    }
    expect(sent()).toBe(30);
  });

  it('registrations: two neighbours get theirs at once, and a block of numbers three in ten seconds', async () => {
    for (let last = 100; last < 102; last += 1)
      await register({ ...somebody(), phoneNumber: `+14155550${last}` });
    expect(sent()).toBe(2);
    for (let last = 102; last < 107; last += 1)
      await register({ ...somebody(), phoneNumber: `+14155550${last}` });
    expect(sent()).toBe(3);
  });

  it('a log-in is not held back by what registrations used up', async () => {
    for (let tries = 0; tries < 12; tries += 1) await register(somebody());
    app.provider.forget();
    await logIn((await makeTwoFactorAccount(app)).username);
    expect(sent()).toBe(1);
  });

  it('gives back what surely was not sent, so that asking again works at once', async () => {
    app.provider.real = {
      name: 'self',
      codeBelongsTo: 'challenge',
      holder: 'self',
      channels: ['sms'],
      start: () => Promise.resolve({ outcome: 'unavailable' }),
      check: () => Promise.resolve({ outcome: 'gone' }),
    };
    const person = await register(somebody());
    for (let tries = 0; tries < 12; tries += 1)
      expect(await person.resend()).toMatchObject({ error: 'provider_unavailable' });
    expect(sent()).toBe(13);
  });
});

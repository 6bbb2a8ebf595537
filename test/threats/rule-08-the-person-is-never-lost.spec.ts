import { jest } from '@jest/globals';
import { PurgeService } from '../../src/auth/purge.service.js';
import { TwoFactorService } from '../../src/auth/two-factor.service.js';
import { AppError } from '../../src/common/errors/app-error.js';
import { minutes, seconds } from '../../src/common/clock.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import { makeTwoFactorAccount } from '../support/two-factor-account.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';
import { makeAccount, wrong } from '../support/ways.js';

onBothDatabases('rule 8: the person is never lost', (database) => {
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
    return { person, form, code: () => app.codeFor(form.phoneNumber) };
  }
  const stored = (username: string) => app.db.getRepository(User).findOneBy({ username });

  it("a bug inside the provider takes nobody's username", async () => {
    const form = somebody();
    app.provider.beforeStart = () => Promise.reject(new Error('a bug'));
    expect(await new ApiPerson(app.url).register(form)).toMatchObject({ status: 500 });
    app.provider.forget();
    expect(await new ApiPerson(app.url).register(form)).toMatchObject({ status: 201 });
  });

  it('the code that arrived works, though the button was pressed twice at once', async () => {
    const form = await makeAccount(app);
    const person = new ApiPerson(app.url);
    await person.logIn(form.username, PASSWORD);
    await Promise.all(Array.from({ length: 5 }, () => person.twin().setTwoFactor(true)));
    expect(app.provider.started).toHaveLength(1);
    expect(await person.confirm(app.codeFor(form.phoneNumber))).toMatchObject({ status: 200 });
  });

  it('the new code works, though it was asked for many times at once', async () => {
    const { person, code } = await newcomer();
    for (let tries = 0; tries < 5; tries += 1) await person.confirm(wrong(code()));
    app.clock.advance(seconds(31));
    const asked = await Promise.all(Array.from({ length: 10 }, () => person.twin().resend()));
    expect(asked.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(app.provider.started).toHaveLength(2);
    expect(await person.confirm(code())).toMatchObject({ status: 200 });
  });

  it('a message still on its way does not shorten the session that was confirmed meanwhile', async () => {
    const { person, code } = await newcomer();
    app.clock.advance(seconds(31));
    app.provider.beforeStart = () => person.confirm(code());
    await person.twin().resend();
    app.clock.advance(minutes(20));
    expect(await person.where()).toBe('active');
  });

  it('a registration lives as long as the code that a later log-in sent', async () => {
    const { form, code } = await newcomer();
    app.clock.advance(minutes(14));
    const again = new ApiPerson(app.url);
    await again.logIn(form.username, PASSWORD);
    app.clock.advance(minutes(5));
    await app.app.get(PurgeService, { strict: false }).purge();
    expect(await again.confirm(code())).toMatchObject({ status: 200 });
  });

  it('whoever confirms and takes back at once is either in or gone, never half', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { person, form, code } = await newcomer();
      const browser = new PagePerson(app.url);
      browser.jar.set('session', person.token() ?? '');
      const [confirmed] = await Promise.all([
        person.confirm(code()),
        browser.post('/verify/cancel', {}),
      ]);
      expect([confirmed.status, (await stored(form.username))?.phoneNumberVerified]).toEqual(
        confirmed.status === 200 ? [200, true] : [confirmed.status, undefined],
      );
    }
  });

  // SQLite has one writer at a time: there the case cannot arise.
  if (database === 'MariaDB') {
    it('an account confirmed at the very moment of its undoing stays', async () => {
      const { person, form } = await newcomer();
      const browser = new PagePerson(app.url);
      browser.jar.set('session', person.token() ?? '');
      const confirming = app.db.createQueryRunner();
      await confirming.startTransaction();
      const proven = { phoneNumberVerified: true, registrationExpiresAt: null };
      await confirming.manager.update(User, { username: form.username }, proven);
      const undoing = browser.post('/verify/cancel', {});
      await untilSomebodyWaits();
      await confirming.commitTransaction();
      await confirming.release();
      await undoing;
      expect(await stored(form.username)).toMatchObject({ phoneNumberVerified: true });
    });
  }

  async function untilSomebodyWaits() {
    const waiting =
      'SELECT 1 FROM information_schema.processlist ' +
      "WHERE info LIKE 'SELECT%FROM `users`%FOR UPDATE' OR info LIKE 'DELETE FROM `users`%'";
    while ((await app.db.query<unknown[]>(waiting)).length === 0);
  }

  it('of two who change the second factor at once in two sessions, one stays logged in', async () => {
    const form = await makeAccount(app);
    const people = [new ApiPerson(app.url), new ApiPerson(app.url)];
    for (const person of people) {
      await person.logIn(form.username, PASSWORD);
      app.clock.advance(seconds(130));
      await person.setTwoFactor(true);
      await person.confirm(app.codeFor(form.phoneNumber));
    }
    const outcomes = await Promise.all(people.map((person) => person.setTwoFactor(true)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await Promise.all(people.map((person) => person.where()))).sort()).toEqual([
      'active',
      'stranger',
    ]);
  });

  it('a failure after the right code leaves the browser logged in', async () => {
    const browser = new PagePerson(app.url);
    const form = await makeAccount(app);
    await browser.logIn(form.username, PASSWORD);
    await browser.setTwoFactor(true);
    const service = app.app.get(TwoFactorService, { strict: false });
    const set = jest.spyOn(service, 'set').mockRejectedValueOnce(new AppError('busy'));
    expect(await browser.confirm(app.codeFor(form.phoneNumber))).toMatchObject({ status: 503 });
    set.mockRestore();
    expect(await browser.where()).toBe('active');
  });

  it('without a live code the confirm page offers a new one', async () => {
    const browser = new PagePerson(app.url);
    const form = await makeTwoFactorAccount(app);
    await browser.logIn(form.username, PASSWORD);
    app.clock.advance(minutes(9));
    await browser.resend();
    app.clock.advance(minutes(9));
    await browser.resend();
    expect(await browser.confirm(app.codeFor(form.phoneNumber))).toMatchObject({ status: 303 });
    expect(await browser.where()).toBe('active');
  });
});

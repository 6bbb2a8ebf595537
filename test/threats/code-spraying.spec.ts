import { hours } from '../../src/common/clock.js';
import { onBothDatabases } from '../support/databases.js';
import { throughEachFace } from '../support/faces.js';
import { PASSWORD, somebody } from '../support/people.js';
import type { Person } from '../support/person.js';
import { makeTwoFactorAccount } from '../support/two-factor-account.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';
import { wrong } from '../support/ways.js';

onBothDatabases('one code tried on many accounts', (database) => {
  let app: WatchedApp;
  let networks = 0;
  beforeAll(async () => {
    app = await startWatched({ database, environment: { TRUSTED_PROXIES: '127.0.0.1' } });
  });
  beforeEach(() => app.provider.forget());
  afterAll(() => app.close());

  throughEachFace((client) => {
    const from = (address: string, person: Person = client(app.url)) =>
      Object.assign(person, { address });
    const network = () => `198.51.100.${(networks += 1)}`;
    /** Past the password, where the code is asked for. */
    async function pending(address: string) {
      const form = await makeTwoFactorAccount(app);
      const person = from(address);
      await person.logIn(form.username, PASSWORD);
      return { person, form, code: () => app.codeFor(form.phoneNumber) };
    }
    async function spray(address: string, accounts: number) {
      const people = [];
      for (let count = 0; count < accounts; count += 1) people.push(await pending(address));
      return Promise.all(
        people.map(async ({ person, code }) => (await person.confirm(wrong(code()))).error),
      );
    }

    it('ends at 20 accounts in an hour, all at once or not, and the provider compares no more', async () => {
      const there = network();
      const seen = await spray(there, 22);
      expect(seen.filter((error) => error === 'wrong_code')).toHaveLength(20);
      expect(app.provider.compared).toHaveLength(20);
      const { person, code } = await pending(there);
      expect(await person.confirm(code())).toMatchObject({
        error: 'too_many_attempts',
        retryAfter: 3600,
      });
      const elsewhere = await pending(network());
      expect(await elsewhere.person.confirm(elsewhere.code())).not.toHaveProperty('error');
    });

    it('ends at 50 wrong codes in an hour, and does not keep out a device known there', async () => {
      const there = network();
      const known = await pending(network());
      await known.person.confirm(known.code());
      await known.person.logOut();
      for (let account = 0; account < 10; account += 1) {
        const { person, code } = await pending(there);
        for (let tries = 0; tries < 5; tries += 1) await person.confirm(wrong(code()));
      }
      expect(app.provider.compared).toHaveLength(51);
      const stranger = await pending(there);
      expect(await stranger.person.confirm(stranger.code())).toMatchObject({
        error: 'too_many_attempts',
      });
      await from(there, known.person).logIn(known.form.username, PASSWORD);
      expect(await known.person.confirm(known.code())).not.toHaveProperty('error');
      app.clock.advance(hours(1));
    });

    it('does not end for log-ins where strangers register and mistype', async () => {
      const there = network();
      for (let count = 0; count < 10; count += 1) {
        const form = somebody();
        const newcomer = from(there);
        await newcomer.register(form);
        for (let tries = 0; tries < 5; tries += 1)
          await newcomer.confirm(wrong(app.codeFor(form.phoneNumber)));
      }
      const form = somebody();
      const newcomer = from(there);
      await newcomer.register(form);
      expect(await newcomer.confirm(app.codeFor(form.phoneNumber))).toMatchObject({
        error: 'too_many_attempts',
      });
      const { person, code } = await pending(there);
      expect(await person.confirm(code())).not.toHaveProperty('error');
    });
  });
});

import { PasswordBudgetsService } from '../../src/auth/password-budgets.service.js';
import { LOCAL_CLIENT } from '../../src/common/net/client-info.js';
import { days, hours, minutes } from '../../src/common/clock.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { Like, MoreThan } from 'typeorm';
import { PASSWORD } from '../support/people.js';
import { makeAccount, throughBothFaces } from '../support/ways.js';

const environment = { TRUSTED_PROXIES: '127.0.0.1' };
let networks = 0;

throughBothFaces(
  'one password tried on many accounts',
  ({ app, visitor, member }) => {
    const from = (address: string, person = visitor()) => Object.assign(person, { address });
    const network = () => `2001:db8:0:${(networks += 1).toString(16)}`;
    /** Wrong passwords at this many names, known and unknown, from one network. */
    async function spray(of: string, names: number, start = 0) {
      const known = await makeAccount(app());
      const seen = [];
      for (let index = 0; index < names; index += 1) {
        const username = index === 0 ? known.username : `name-${of}-${start + index}`;
        seen.push(
          (await from(`${of}::${index + 1}`).logIn(username, 'Summer2026 Summer2026')).error,
        );
      }
      return seen;
    }

    it('ends at 30 accounts in an hour, known or not, for the whole /64 and for it alone', async () => {
      const there = network();
      const form = await makeAccount(app());
      expect(await spray(there, 30)).toEqual(Array(30).fill('invalid_credentials'));
      expect(await from(`${there}:1:2:3:4`).logIn(form.username, PASSWORD)).toMatchObject({
        error: 'too_many_attempts',
        retryAfter: 3600,
      });
      expect(await from(`${there}:1:2:3:4`).logIn('nobody', PASSWORD)).toMatchObject({
        error: 'too_many_attempts',
      });
      expect(await from(`${network()}::1`).logIn(form.username, PASSWORD)).not.toHaveProperty(
        'error',
      );
    });

    it('waits twice as long the next time', async () => {
      const there = network();
      await spray(there, 30);
      app().clock.advance(hours(1));
      await spray(there, 30, 100);
      expect(await from(`${there}::1`).logIn('nobody', PASSWORD)).toMatchObject({
        retryAfter: 7200,
      });
      app().clock.advance(hours(4));
    });

    it('does not keep out a device known there', async () => {
      const there = network();
      const { person, form } = await member();
      await person.logOut();
      await spray(there, 30);
      expect(await from(`${there}::9`, person).logIn(form.username, PASSWORD)).not.toHaveProperty(
        'error',
      );
    });

    it('is not what people do who mistype, or who log in at once', async () => {
      const there = network();
      const forms = [];
      for (let count = 0; count < 4; count += 1) forms.push(await makeAccount(app()));
      for (const { username } of forms)
        for (let tries = 0; tries < 9; tries += 1)
          await from(`${there}::1`).logIn(username, 'not the right one');
      const counted = {
        key: Like('accounts-of-address:%'),
        count: 4,
        expiresAt: MoreThan(app().clock.now()),
      };
      expect(await app().db.getRepository(Budget).countBy(counted)).toBe(1);
      await Promise.all(forms.map(({ username }) => from(`${there}::1`).logIn(username, PASSWORD)));
      expect(await app().db.getRepository(Budget).countBy(counted)).toBe(0);
      app().clock.advance(minutes(61));
    });
  },
  { environment },
);

throughBothFaces(
  'the people of a network',
  ({ app, visitor }) => {
    const from = (address: string, person = visitor()) => Object.assign(person, { address });
    const network = () => `2001:db8:1:${(networks += 1).toString(16)}`;
    const isIn = async (of: string, username: string) =>
      !(await from(`${of}::1`).logIn(username, PASSWORD)).error;
    /** Wrong passwords at one name after the other, until the network has to wait. */
    async function namesTried(of: string): Promise<number> {
      for (let count = 0; count < 20; count += 1) {
        const { error } = await from(`${of}::2`).logIn(
          `${of}-${count}-${app().clock.now().getTime()}`,
          'Summer2026 Summer2026',
        );
        if (error === 'too_many_attempts') return count;
      }
      return 20;
    }

    it('who mistype and then get it right are none of the accounts that were tried', async () => {
      const there = network();
      for (let count = 0; count < 6; count += 1) {
        const { username } = await makeAccount(app());
        for (let tries = 0; tries < 3; tries += 1)
          await from(`${there}::1`).logIn(username, 'not the right one');
        expect(await isIn(there, username)).toBe(true);
      }
      app().clock.advance(days(15));
      expect(await namesTried(there)).toBe(4);
    });

    it('who log in rightly raise its limit for 14 days, each account once, and not that of another network', async () => {
      const there = network();
      for (let count = 0; count < 6; count += 1) {
        const { username } = await makeAccount(app());
        expect([await isIn(there, username), await isIn(there, username)]).toEqual([true, true]);
      }
      expect(await namesTried(network())).toBe(4);
      expect(await namesTried(there)).toBe(4 + 3);
      const { username } = await makeAccount(app());
      const refused = await from(`${there}::1`).logIn(username, PASSWORD);
      expect(refused).toMatchObject({ error: 'too_many_attempts', retryAfter: 3600 });
      app().clock.advance(days(15));
      expect(await namesTried(there)).toBe(4);
    });

    it('do not end its wait by a right password that was already on its way', async () => {
      const there = network();
      const { username } = await makeAccount(app());
      const budgets = app().app.get(PasswordBudgetsService, { strict: false });
      const typing = {
        usernameKey: username,
        client: { ...LOCAL_CLIENT, address: `${there}::1` },
        deviceId: null,
      };
      await from(`${there}::1`).logIn(username, 'not the right one');
      expect(await budgets.spend(typing)).toBeNull();
      expect(await namesTried(there)).toBe(3);
      await budgets.forgive(typing);
      expect(await isIn(there, username)).toBe(false);
    });
  },
  { environment: { ...environment, PASSWORD_LIMITS: 'accounts:4,growth:50' } },
);

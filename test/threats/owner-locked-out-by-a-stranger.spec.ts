import { Like } from 'typeorm';
import { CredentialsService } from '../../src/auth/credentials.service.js';
import { days, hours, minutes, seconds } from '../../src/common/clock.js';
import { ChallengesService } from '../../src/phone-verification/challenges.service.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { User } from '../../src/users/user.entity.js';
import { PASSWORD } from '../support/people.js';
import type { Person } from '../support/person.js';
import { throughBothFaces, wrong, type Member } from '../support/ways.js';

const OWNERS = '198.51.100.7';
const environment = { TRUSTED_PROXIES: '127.0.0.1' };

throughBothFaces(
  'an owner whom a stranger wants to lock out',
  ({ app, visitor, newcomer, member }) => {
    const at = (address: string, person = visitor()) => Object.assign(person, { address });
    /** An owner who logged out on a device where the phone was proven. */
    async function owner(options: { twoFactor?: boolean } = {}): Promise<Member<Person>> {
      const { person, form } = await member(options);
      await person.logOut();
      app().clock.advance(minutes(1));
      return { person: at(OWNERS, person), form };
    }
    async function guess(person: Person, form: Member<Person>['form'], times: number) {
      const seen = [];
      const code = wrong(app().codeFor(form.phoneNumber));
      for (let tries = 0; tries < times; tries += 1) seen.push((await person.confirm(code)).error);
      return seen;
    }
    /**
     * Somebody with the password and their own network. They use up the tries of a challenge.
     */
    async function thief(form: Member<Person>['form'], network: number) {
      const person = at(`203.0.113.${network}`);
      await person.logIn(form.username, PASSWORD);
      const seen = await guess(person, form, 5);
      app().clock.advance(minutes(2));
      return { person, seen };
    }
    const unlock = async (username: string) => {
      const user = await app().db.getRepository(User).findOneByOrFail({ username });
      await app().app.get(ChallengesService, { strict: false }).unlock(user);
      await app().app.get(CredentialsService, { strict: false }).unlock(user);
    };

    it('without the password: the known device is let in whatever is tried elsewhere, in its own network too', async () => {
      const { person, form } = await owner();
      for (let tries = 0; tries < 10; tries += 1)
        await at(OWNERS).logIn(form.username, 'not the right one');
      // 89 more, from nine other networks.
      await app()
        .db.getRepository(Budget)
        .update({ key: Like('wrong-passwords:%'), count: 10 }, { count: 99 });
      await at('203.0.113.1').logIn(form.username, 'not the right one');
      expect(await at('192.0.2.1').logIn(form.username, PASSWORD)).toMatchObject({
        error: 'too_many_attempts',
      });
      expect(await at(OWNERS).logIn(form.username, PASSWORD)).toMatchObject({
        error: 'too_many_attempts',
      });
      expect(await person.logIn(form.username, PASSWORD)).not.toHaveProperty('error');
      expect(await person.changePassword(PASSWORD, 'quite another long phrase')).not.toHaveProperty(
        'error',
      );
      app().clock.advance(days(1));
    });

    it('with the password: the known device gets its message and its tries when the account has none left', async () => {
      const { person, form } = await owner({ twoFactor: true });
      const first = await thief(form, 1);
      const second = await thief(form, 2);
      expect([...first.seen, ...second.seen]).toEqual(Array(10).fill('wrong_code'));
      expect((await thief(form, 3)).seen).toEqual(Array(5).fill('too_many_attempts'));
      for (let sends = 0; sends < 12; sends += 1) {
        app().clock.advance(hours(1));
        await at('203.0.113.4').logIn(form.username, PASSWORD);
      }
      const before = app().sent(form.phoneNumber);
      await at('203.0.113.4').logIn(form.username, PASSWORD);
      expect(app().sent(form.phoneNumber)).toBe(before);

      await person.logIn(form.username, PASSWORD);
      expect(app().sent(form.phoneNumber)).toBe(before + 1);
      expect(await guess(person, form, 1)).toEqual(['wrong_code']);
      expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
      expect(await person.where()).toBe('active');
    });

    it('what the known device gets right does not give the thief new tries', async () => {
      const { person, form } = await owner({ twoFactor: true });
      await thief(form, 5);
      await thief(form, 6);
      await person.logIn(form.username, PASSWORD);
      expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
      expect((await thief(form, 7)).seen).toEqual(Array(5).fill('too_many_attempts'));
    });

    it('the known device has no more tries than an account, and an unlock clears them all', async () => {
      const { person, form } = await owner({ twoFactor: true });
      await person.logIn(form.username, PASSWORD);
      await guess(person, form, 5);
      app().clock.advance(seconds(31));
      await person.resend();
      await guess(person, form, 5);
      app().clock.advance(seconds(41));
      await person.resend();
      expect(await person.confirm(app().codeFor(form.phoneNumber))).toMatchObject({
        error: 'too_many_attempts',
      });
      const others = at('192.0.2.9');
      for (let tries = 0; tries < 10; tries += 1)
        await person.twin().logIn(form.username, 'not the right one');
      await thief(form, 8);
      await thief(form, 9);

      await unlock(form.username);
      await others.logIn(form.username, PASSWORD);
      expect(await guess(others, form, 1)).toEqual(['wrong_code']);
      await person.logOut();
      expect(await person.logIn(form.username, PASSWORD)).not.toHaveProperty('error');
      expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
    });

    it('an unlock lets people with an unproven number type codes again, too', async () => {
      const { person, form } = await newcomer();
      await guess(person, form, 5);
      app().clock.advance(seconds(31));
      await person.resend();
      await guess(person, form, 5);
      app().clock.advance(seconds(41));
      await person.resend();
      expect(await person.confirm(app().codeFor(form.phoneNumber))).toMatchObject({
        error: 'too_many_attempts',
      });
      await unlock(form.username);
      expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
    });

    it('no more than 49 wrong codes count in a day, though right ones come between them', async () => {
      const { form } = await owner({ twoFactor: true });
      app().clock.advance(days(1));
      const seen = [];
      for (let round = 0; round < 10; round += 1) {
        const [there, elsewhere] = [at('192.0.2.3'), at(`203.0.113.${10 + round}`)];
        await there.logIn(form.username, PASSWORD);
        await elsewhere.logIn(form.username, PASSWORD);
        seen.push(...(await guess(elsewhere, form, 5)));
        const right = await there.confirm(app().codeFor(form.phoneNumber));
        expect(right.error).toBe(round < 9 ? undefined : 'too_many_attempts');
        app().clock.advance(minutes(16));
      }
      expect(seen).toEqual([...Array<string>(49).fill('wrong_code'), 'too_many_attempts']);
    });
  },
  { environment },
);

import { Like } from 'typeorm';
import { hours, minutes, seconds } from '../../src/common/clock.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { somebody } from '../support/people.js';
import type { Person } from '../support/person.js';
import { throughBothFaces, type Member } from '../support/ways.js';

const NEIGHBOURS = ['prefix-10-seconds=1000', 'prefix-hour=1000', 'prefix-day=1000'];
let networks = 0;
const SEND_LIMITS = NEIGHBOURS.join(';');
const environment = {
  ABUSE_LIMITS: 'enforce',
  TRUSTED_PROXIES: '127.0.0.1',
  DEFAULT_COUNTRY: 'US',
  SEND_LIMITS,
};

throughBothFaces(
  'a message whose code was typed in',
  ({ app, visitor, newcomer, member }) => {
    /** A log-in on a client of its own; whether its code came. */
    async function logIn({ form }: Member<Person>, address?: string) {
      const before = app().sent(form.phoneNumber);
      const person = Object.assign(visitor(), { address });
      await person.logIn(form.username, form.password);
      return {
        person,
        isSent: app().sent(form.phoneNumber) === before + 1,
        code: () => app().codeFor(form.phoneNumber),
      };
    }
    const counts = async (rule: string) =>
      (
        await app()
          .db.getRepository(Budget)
          .findBy({ key: Like(`${rule}:%`) })
      )
        .map(({ count }) => count)
        .sort();
    const forgetAll = () => app().db.getRepository(Budget).clear();

    it('takes no place: 40 log-ins a day with a second factor, ten of them within ten minutes, all get theirs', async () => {
      const alice = await member({ twoFactor: true });
      for (let logIns = 1; logIns <= 40; logIns += 1) {
        const { person, isSent, code } = await logIn(alice);
        expect([logIns, isSent]).toEqual([logIns, true]);
        expect(await person.confirm(code())).not.toHaveProperty('error');
        app().clock.advance(logIns <= 10 ? minutes(1) - 1 : minutes(20));
      }
    });

    it('gives the places of all messages of its challenge back, once, however often it is typed in at the same time', async () => {
      await forgetAll();
      const { person, form } = await newcomer();
      app().clock.advance(seconds(30));
      await person.resend();
      expect(await counts('number-day')).toEqual([2]);
      await newcomer();
      const places = ['number-10-minutes', 'number-day', 'account-day', 'session-10-minutes'];
      const code = app().codeFor(form.phoneNumber);
      await Promise.all(Array.from({ length: 20 }, () => person.twin().confirm(code)));
      for (const rule of places) expect([rule, await counts(rule)]).toEqual([rule, [0, 1]]);
      expect(await counts('address-hour')).toEqual([5 - 2]);
      for (const rule of ['all-day', 'registrations-day', 'home-country-day'])
        expect([rule, await counts(rule)]).toEqual([rule, [3]]);
      expect(await counts('number-all-day')).toEqual([1, 2]);
    });

    it('gives nothing back to a window that began later', async () => {
      await forgetAll();
      const { form } = await newcomer();
      app().clock.advance(minutes(9));
      const { person } = await newcomer({ phoneNumber: form.phoneNumber });
      const code = app().codeFor(form.phoneNumber);
      app().clock.advance(minutes(2));
      await newcomer({ phoneNumber: form.phoneNumber });
      expect(await counts('number-10-minutes')).toEqual([1]);
      expect(await person.confirm(code)).not.toHaveProperty('error');
      expect(await counts('number-10-minutes')).toEqual([1]);
    });

    it('is one of many behind one address: more get theirs than a day and an hour may leave unanswered', async () => {
      const address = `198.51.100.${(networks += 1)}`;
      for (let count = 1; count <= 32; count += 1) {
        const [person, form] = [Object.assign(visitor(), { address }), somebody()];
        expect([count, await person.register(form), app().sent(form.phoneNumber)]).toEqual([
          count,
          expect.anything(),
          1,
        ]);
        expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
        app().clock.advance(seconds(18));
      }
    });
  },
  { environment },
);

throughBothFaces(
  "answering one's own messages",
  ({ app, visitor, newcomer, member }) => {
    const messagesFor = async ({ form }: Member<Person>, logIns: number) => {
      for (let count = 0; count < logIns; count += 1) {
        const before = app().sent(form.phoneNumber);
        const person = visitor();
        await person.logIn(form.username, form.password);
        if (app().sent(form.phoneNumber) > before)
          await person.confirm(app().codeFor(form.phoneNumber));
        app().clock.advance(minutes(11));
      }
      return app().sent(form.phoneNumber);
    };

    it('earns nobody more than answered-day a day, of a number and of an account', async () => {
      const alice = await member({ twoFactor: true });
      expect(await messagesFor(alice, 8)).toBe(3 + 4);
      app().clock.advance(hours(24));
      expect(await messagesFor(alice, 1)).toBe(3 + 4 + 1);
    });

    it('does so too where a number registers again and again', async () => {
      const { person, form } = await newcomer();
      await person.confirm(app().codeFor(form.phoneNumber));
      for (let count = 0; count < 8; count += 1) {
        app().clock.advance(minutes(11));
        const before = app().sent(form.phoneNumber);
        const again = visitor();
        await again.register({ ...somebody(), phoneNumber: form.phoneNumber });
        if (app().sent(form.phoneNumber) > before)
          await again.confirm(app().codeFor(form.phoneNumber));
      }
      expect(app().sent(form.phoneNumber)).toBe(3 + 4);
    });
  },
  { environment: { SEND_LIMITS: 'answered-day=4;number-day=3;account-day=3' } },
);

throughBothFaces(
  'a registration that goes without a bot check',
  ({ visitor, app }) => {
    const form = () => ({
      ...somebody(),
      phoneNumber: `+1415${2_000_000 + Math.floor(Math.random() * 7_000_000)}`,
    });
    async function register(address: string) {
      const [person, given] = [Object.assign(visitor(), { address }), form()];
      return {
        person,
        outcome: await person.register(given),
        code: () => app().codeFor(given.phoneNumber),
      };
    }

    it('takes no place either once its code was typed in: one address is asked after three unanswered ones only', async () => {
      const address = `198.51.100.${(networks += 1)}`;
      for (let count = 1; count <= 8; count += 1) {
        const { person, outcome, code } = await register(address);
        expect([count, outcome]).not.toEqual([count, expect.objectContaining({ status: 422 })]);
        app().clock.advance(seconds(31));
        await person.resend();
        expect(await person.confirm(code())).not.toHaveProperty('error');
      }
      for (let count = 1; count <= 3; count += 1)
        expect((await register(address)).outcome).not.toHaveProperty('error');
      expect((await register(address)).outcome).toMatchObject({
        status: 422,
        error: 'validation_failed',
      });
    });
  },
  { environment: { ...environment, BOT_CHECK_WHEN: 'risk', BOT_CHECK_DIFFICULTY: '10' } },
);

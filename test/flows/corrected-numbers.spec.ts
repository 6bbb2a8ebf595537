import { Like } from 'typeorm';
import { seconds } from '../../src/common/clock.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { PagePerson } from '../support/page-person.js';
import { somebody } from '../support/people.js';
import type { Person } from '../support/person.js';
import { throughBothFaces } from '../support/ways.js';

// One message for a block of numbers and no more: a person in their own way would get no second
// one.
const SEND_LIMITS =
  'prefix-10-seconds=1;prefix-hour=1;prefix-day=1;address-hour=1000;address-day=1000';

let blocks = 200;

throughBothFaces(
  'a number that its own session corrects',
  ({ app, visitor }) => {
    const newBlock = () => `+1415${(blocks += 1)}`;
    const counts = async (rule: string) =>
      (
        await app()
          .db.getRepository(Budget)
          .findBy({ key: Like(`${rule}:%`) })
      ).reduce((sum, { count }) => sum + count, 0);
    const register = async (
      person: Person,
      form: ReturnType<typeof somebody>,
      phoneNumber: string,
    ) => {
      await person.register({ ...form, phoneNumber });
      return app().sent(phoneNumber);
    };

    it('is not in its own way: the new one gets its code at once; money and the network keep counting', async () => {
      const [person, form, block] = [visitor(), somebody(), newBlock()];
      const [network, money] = [await counts('address-hour'), await counts('registrations-day')];
      expect(await register(person, form, `${block}0100`)).toBe(1);
      expect(await register(visitor(), somebody(), `${block}0199`)).toBe(0);
      app().clock.advance(seconds(5));
      expect(await register(person, form, `${block}0110`)).toBe(1);
      expect([await counts('address-hour'), await counts('registrations-day')]).toEqual([
        network + 2 * 5,
        money + 2,
      ]);
      expect(await person.confirm(app().codeFor(`${block}0110`))).not.toHaveProperty('error');
    });

    it('is so five times a day for a block, since an attacker corrects numbers as well', async () => {
      const [person, form, block] = [visitor(), somebody(), newBlock()];
      const sent = [];
      for (let last = 10; last < 18; last += 1)
        sent.push(await register(person, form, `${block}01${last}`));
      expect(sent).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
    });

    it('gives its place back once, however often it is replaced at the same time', async () => {
      const [person, form, block] = [visitor(), somebody(), newBlock()];
      await register(person, form, `${block}0100`);
      const others = Array.from({ length: 10 }, (_, index) =>
        register(person.twin(), somebody(), `${block}02${10 + index}`),
      );
      expect((await Promise.all(others)).reduce((sum, count) => sum + count)).toBe(1);
    });

    it('is not in its own way after "wrong number?" either', async () => {
      const [person, form, block] = [visitor(), somebody(), newBlock()];
      expect(await register(person, form, `${block}0100`)).toBe(1);
      if (!(person instanceof PagePerson)) return;
      await person.post('/verify/cancel', {});
      expect(await register(person, form, `${block}0110`)).toBe(1);
    });
  },
  { environment: { ABUSE_LIMITS: 'enforce', SEND_LIMITS } },
);

import { Like } from 'typeorm';
import { after, days, minutes } from '../../src/common/clock.js';
import { LimitDecision } from '../../src/messaging/limits/limit-decision.entity.js';
import { lowConversion } from '../../src/messaging/limits/send-rules.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { Budgets } from '../../src/rate-limit/budgets.js';
import { limitSentence } from '../../src/common/text/limit-sentence.js';
import { ApiPerson } from '../support/api-person.js';
import { PagePerson } from '../support/page-person.js';
import type { Person } from '../support/person.js';
import type { TestApp } from '../support/start-app.js';
import { throughBothFaces, type Member } from '../support/ways.js';

/** Held with ABUSE_LIMITS=record too. */
const OWN = ['number-wait', 'number-10-minutes', 'number-day', 'account-day', 'session-10-minutes'];
const ABUSE = [
  'address-hour',
  'address-day',
  'prefix-10-seconds',
  'prefix-hour',
  'operator-prefix-day',
  'low-conversion',
  'home-country-day',
  'all-day',
  'registrations-day',
  'spend-day',
  'registrations-spend-day',
];
const environment = { PREFIX_LIMITS: '+1=1000', DAILY_SPEND: '50', DEFAULT_COUNTRY: 'US' };

/** As if the limit had been used up, for 5 more minutes. */
async function useUp({ app, db, clock }: TestApp, limit: string): Promise<void> {
  const until = after(clock.now(), minutes(5));
  const budgets = app.get(Budgets, { strict: false });
  if (limit === lowConversion.name) {
    await budgets.hold({ rule: lowConversion, subject: 'US' }, until);
    return;
  }
  const tally = { count: 1_000_000_000, blockedUntil: until, expiresAt: until };
  const { affected } = await db.getRepository(Budget).update({ key: Like(`${limit}:%`) }, tally);
  expect([limit, affected]).toEqual([limit, expect.any(Number)]);
  expect(affected).toBeGreaterThan(0);
}

/** Somebody whose only message went out a minute ago, with nothing decided yet. */
async function oneMessage(
  app: TestApp,
  newcomer: () => Promise<Member<Person>>,
): Promise<Member<Person>> {
  app.clock.advance(days(2));
  for (const entity of [Budget, LimitDecision]) await app.db.getRepository(entity).clear();
  const found = await newcomer();
  app.clock.advance(minutes(1));
  return found;
}

const decided = async ({ db }: TestApp, held: boolean) =>
  (await db.getRepository(LimitDecision).findBy({ held })).map(({ limit }) => limit).sort();

throughBothFaces(
  'each limit of sending',
  ({ app, newcomer }) => {
    it('refuses before a provider is asked, says how long to wait, and leaves a row', async () => {
      const { person, form } = await oneMessage(app(), newcomer);
      const budgets = app().db.getRepository(Budget);
      const unused = await budgets.find();
      for (const limit of [...OWN, ...ABUSE]) {
        await useUp(app(), limit);
        // The places of a network come back as codes are typed in.
        const [retryAfter, wait] = limit.startsWith('address-')
          ? [60, 'in 60 seconds']
          : [300, 'in 5 minutes'];
        expect([limit, await person.resend()]).toMatchObject([
          limit,
          { status: 429, error: 'too_many_requests', retryAfter },
        ]);
        const told = limitSentence(limit);
        if (person instanceof PagePerson) {
          const { text } = await person.get('/verify/');
          expect([limit, text]).toEqual([
            limit,
            expect.stringMatching(`You can ask for it ${wait}\\b`),
          ]);
          if (limit !== 'number-wait')
            expect([limit, text]).toEqual([limit, expect.stringContaining(told)]);
        } else if (person instanceof ApiPerson)
          expect(person.last?.body['detail']).toBe(`${told} You can ask again ${wait}.`);
        await budgets.clear();
        await budgets.save(unused);
      }
      expect(app().sent(form.phoneNumber)).toBe(1);
      expect(await person.resend()).not.toHaveProperty('error');
      expect(await decided(app(), true)).toEqual([...OWN, ...ABUSE].sort());
    });
  },
  { environment: { ...environment, ABUSE_LIMITS: 'enforce' } },
);

throughBothFaces(
  'with ABUSE_LIMITS=record',
  ({ app, newcomer }) => {
    it('limits against abuse all leave their row and hold nothing back, those that guard a number hold', async () => {
      const { person, form } = await oneMessage(app(), newcomer);
      for (const limit of ABUSE) await useUp(app(), limit);
      expect(await person.resend()).not.toHaveProperty('error');
      expect(app().sent(form.phoneNumber)).toBe(2);
      expect([await decided(app(), false), await decided(app(), true)]).toEqual([
        [...ABUSE].sort(),
        [],
      ]);
      expect(await person.resend()).toMatchObject({ status: 429, retryAfter: 40 });
      expect(await decided(app(), true)).toEqual(['number-wait']);
    });
  },
  { environment: { ...environment, ABUSE_LIMITS: 'record' } },
);

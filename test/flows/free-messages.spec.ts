import { LimitDecision } from '../../src/messaging/limits/limit-decision.entity.js';
import { somebody } from '../support/people.js';
import { throughBothFaces, type Way } from '../support/ways.js';

/**
 * Twelve registrations from one address to one block of numbers, in a moment; how many got their
 * message.
 */
async function register({ app, visitor }: Way, block: string): Promise<number> {
  let sent = 0;
  for (let last = 10; last < 22; last += 1) {
    const phoneNumber = `${block}01${last}`;
    await visitor().register({ ...somebody(), phoneNumber });
    sent += app().sent(phoneNumber);
  }
  return sent;
}
const block = ({ face }: Way) => (face === 'api' ? '+1212555' : '+1415555');
const recorded = async ({ app }: Way) => {
  const rows = await app().db.getRepository(LimitDecision).find();
  return rows.map(({ limit, held }) => `${limit} ${held ? 'held' : 'recorded'}`);
};

// An empty variable counts as unset: the defaults of a first start, whose only sender is the inbox.
throughBothFaces(
  'where no message costs money',
  (way) => {
    it('limits that guard money are recorded and let through; those of a number hold', async () => {
      expect(await register(way, block(way))).toBe(12);
      expect(await recorded(way)).toEqual(
        expect.arrayContaining(['address-hour recorded', 'prefix-10-seconds recorded']),
      );
      const { person } = await way.newcomer();
      expect(await person.resend()).toMatchObject({ error: 'too_many_requests', retryAfter: 30 });
    });
  },
  { environment: { ABUSE_LIMITS: '' } },
);

throughBothFaces(
  'where no message costs money, a limit that the settings name',
  (way) => {
    it('holds', async () => {
      expect(await register(way, block(way))).toBe(3);
    });
  },
  { environment: { ABUSE_LIMITS: '', SEND_LIMITS: 'prefix-hour=3' } },
);

import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { codeOf } from '../../src/phone-verification/providers/code.js';
import { minutes } from '../../src/common/clock.js';
import { onBothDatabases } from '../support/databases.js';
import { throughEachFace } from '../support/faces.js';
import { somebody } from '../support/people.js';
import type { Person } from '../support/person.js';
import { KEYS } from '../support/start-app.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';
import { wrong } from '../support/ways.js';

onBothDatabases("wrong codes of a stranger who registers with somebody's number", (database) => {
  let app: WatchedApp;
  let networks = 0;
  beforeAll(async () => {
    const SEND_LIMITS = 'number-10-minutes=6';
    app = await startWatched({
      database,
      environment: { TRUSTED_PROXIES: '127.0.0.1', SEND_LIMITS },
    });
  });
  beforeEach(() => app.provider.forget());
  afterAll(() => app.close());

  throughEachFace((client) => {
    const registered = async (phoneNumber: string): Promise<Person> => {
      const person = Object.assign(client(app.url), {
        address: `203.0.113.${(networks += 1)}`,
      });
      await person.register({ ...somebody(), phoneNumber });
      app.clock.advance(minutes(1));
      return person;
    };

    it('count for that registration and its network alone, before and after its own', async () => {
      const { phoneNumber } = somebody();
      const owner = await registered(phoneNumber);
      const code = app.codeFor(phoneNumber);
      const stranger = async () => {
        const person = await registered(phoneNumber);
        const tried = wrong(app.codeFor(phoneNumber));
        for (let tries = 0; tries < 5; tries += 1) await person.confirm(tried);
      };
      for (let count = 0; count < 3; count += 1) await stranger();
      expect(app.provider.compared).toHaveLength(15);
      expect(await owner.confirm(wrong(code))).toMatchObject({
        error: 'wrong_code',
        attemptsLeft: 4,
      });
      expect(await owner.confirm(code)).not.toHaveProperty('error');
    });

    it('are never right for a code that was not sent: new registrations bring no new guesses', async () => {
      const { phoneNumber } = somebody();
      await registered(phoneNumber);
      app.clock.advance(-minutes(1));
      const one = await registered(phoneNumber);
      const last = { where: { phoneNumber }, order: { id: 'DESC' }, take: 1 } as const;
      const [challenge] = await app.db.getRepository(Challenge).find(last);
      if (!challenge) throw new Error('There is no challenge.');
      expect(challenge).toMatchObject({ sentCount: 0, sentAt: null });
      expect(await one.confirm(codeOf(KEYS, challenge.nonce, phoneNumber) ?? '')).toMatchObject({
        error: 'wrong_code',
      });
      expect(app.provider.compared).toEqual([]);
    });
  });
});

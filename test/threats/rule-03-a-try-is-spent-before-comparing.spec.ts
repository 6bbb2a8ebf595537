import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { somebody } from '../support/people.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';
import { wrong } from '../support/ways.js';

onBothDatabases('rule 3: a try is spent before the code is compared', (database) => {
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
    return {
      person,
      code: app.codeFor(form.phoneNumber),
      triesLeft: () => triesLeft(form.phoneNumber),
    };
  }
  const triesLeft = async (phoneNumber: string) =>
    (await app.db.getRepository(Challenge).findOneByOrFail({ phoneNumber })).attemptsLeft;

  it('is gone from the store by the time the provider is asked', async () => {
    const { person, code, triesLeft } = await newcomer();
    const seen: number[] = [];
    app.provider.beforeCheck = async () => seen.push(await triesLeft());
    await person.confirm(wrong(code));
    await person.confirm(wrong(code));
    expect(seen).toEqual([4, 3]);
  });

  it('stays spent when the comparing breaks down', async () => {
    const { person, code, triesLeft } = await newcomer();
    app.provider.beforeCheck = () => Promise.reject(new Error('a bug'));
    for (let tries = 0; tries < 7; tries += 1) await person.confirm(code);
    expect(await triesLeft()).toBe(0);
    expect(app.provider.compared).toHaveLength(5);
  });

  it('is kept for what cannot be a code, and the provider is not asked', async () => {
    const { person, triesLeft } = await newcomer();
    for (const junk of ['abcdef', '1', "' OR 1=1 --", '9'.repeat(5000)])
      expect(await person.confirm(junk)).toMatchObject({ error: 'validation_failed' });
    expect(await triesLeft()).toBe(5);
    expect(app.provider.compared).toEqual([]);
  });
});

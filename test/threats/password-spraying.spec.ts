import { hours, minutes } from '../../src/common/clock.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { Like, MoreThan } from 'typeorm';
import { PASSWORD } from '../support/people.js';
import { makeAccount, throughBothFaces } from '../support/ways.js';

const environment = { TRUSTED_PROXIES: '127.0.0.1' };
let networks = 0;

throughBothFaces('one password tried on many accounts', ({ app, visitor, member }) => {
  const from = (address: string, person = visitor()) => Object.assign(person, { address });
  const network = () => `2001:db8:0:${(networks += 1).toString(16)}`;
  /** Wrong passwords at this many names, known and unknown, from one network. */
  async function spray(of: string, names: number, start = 0) {
    const known = await makeAccount(app());
    const seen = [];
    for (let index = 0; index < names; index += 1) {
      const username = index === 0 ? known.username : `name-${of}-${start + index}`;
      seen.push((await from(`${of}::${index + 1}`).logIn(username, 'Summer2026 Summer2026')).error);
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
    expect(await from(`${there}:1:2:3:4`).logIn('nobody', PASSWORD)).toMatchObject({ error: 'too_many_attempts' });
    expect(await from(`${network()}::1`).logIn(form.username, PASSWORD)).not.toHaveProperty('error');
  });

  it('waits twice as long the next time', async () => {
    const there = network();
    await spray(there, 30);
    app().clock.advance(hours(1));
    await spray(there, 30, 100);
    expect(await from(`${there}::1`).logIn('nobody', PASSWORD)).toMatchObject({ retryAfter: 7200 });
    app().clock.advance(hours(4));
  });

  it('does not keep out a device known there', async () => {
    const there = network();
    const { person, form } = await member();
    await person.logOut();
    await spray(there, 30);
    expect(await from(`${there}::9`, person).logIn(form.username, PASSWORD)).not.toHaveProperty('error');
  });

  it('is not what people do who mistype, or who log in at once', async () => {
    const there = network();
    const forms = [];
    for (let count = 0; count < 4; count += 1) forms.push(await makeAccount(app()));
    for (const { username } of forms)
      for (let tries = 0; tries < 9; tries += 1) await from(`${there}::1`).logIn(username, 'not the right one');
    await Promise.all(forms.map(({ username }) => from(`${there}::1`).logIn(username, PASSWORD)));
    const counted = await app().db.getRepository(Budget).findBy({
      key: Like('accounts-of-address:%'), count: 4, expiresAt: MoreThan(app().clock.now()),
    });
    expect(counted).toHaveLength(1);
    app().clock.advance(minutes(61));
  });
}, { environment });

import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { FreeRegistrations } from '../../src/bot-check/free-registrations.js';
import { after, days, hours } from '../../src/common/clock.js';
import { lowConversion } from '../../src/messaging/limits/send-rules.js';
import { Budgets } from '../../src/rate-limit/budgets.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PagePerson } from '../support/page-person.js';
import { somebody } from '../support/people.js';
import { solvedAt } from '../support/solve.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';

const RISK = {
  BOT_CHECK_WHEN: 'risk',
  BOT_CHECK_DIFFICULTY: '10',
  ABUSE_LIMITS: 'enforce',
  DEFAULT_COUNTRY: 'GB',
};
const REFUSED = { status: 422, error: 'validation_failed' };

onBothDatabases('robots that register, where only what looks like them is asked', (database) => {
  let app: WatchedApp;
  beforeAll(async () => {
    app = await startWatched({ database, environment: RISK });
  });
  beforeEach(() => app.clock.advance(days(2)));
  afterAll(() => app.close());

  const free = () => app.app.get(FreeRegistrations, { strict: false });
  const isAsked = async () => {
    const answer = await fetch(`${app.url}/api/v1/registration/bot-check`);
    return ((await answer.json()) as { required: boolean }).required;
  };
  const formHasCheck = async () =>
    /data-bot-check/.test((await new PagePerson(app.url).get('/register/')).html);

  it('of fifty at once from one network three get through', async () => {
    const tries = await Promise.all(
      Array.from({ length: 50 }, () => new ApiPerson(app.url).register(somebody())),
    );
    expect(tries.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(tries.filter(({ status }) => status === 422)).toHaveLength(47);
  });

  it('the fourth of an hour is asked, and told so beforehand; with an answer it goes on', async () => {
    for (const visitor of [
      new PagePerson(app.url),
      new ApiPerson(app.url),
      new PagePerson(app.url),
    ]) {
      expect([await isAsked(), await formHasCheck()]).toEqual([false, false]);
      expect(await visitor.register(somebody())).not.toHaveProperty('error');
    }
    expect([await isAsked(), await formHasCheck()]).toEqual([true, true]);
    expect(await new PagePerson(app.url).register(somebody())).toMatchObject(REFUSED);
    const botCheck = await solvedAt(app.url);
    expect(await new PagePerson(app.url).register({ ...somebody(), botCheck })).not.toHaveProperty(
      'error',
    );
    app.clock.advance(hours(1));
    expect(await isAsked()).toBe(false);
  });

  const times = async (count: number, take: (index: number) => Promise<string | null>) => {
    const taken = [];
    for (let index = 0; index < count; index += 1) taken.push(await take(index));
    return taken.lastIndexOf(null) + 1;
  };

  it('from many networks are noticed by the numbers they try: ten of a prefix an hour', async () => {
    expect(
      await times(12, (index) => free().take(`+1415555010${index % 10}`, `192.0.2.${index}`)),
    ).toBe(10);
  });

  it('and get the check with the form when it is their number that is asked for it', async () => {
    for (let index = 0; index < 10; index += 1)
      await free().take(`+1415777010${index}`, `192.0.2.${index}`);
    expect(await formHasCheck()).toBe(false);
    const { username, password } = somebody();
    const form = {
      username,
      phone_number: '+14157770199',
      password1: password,
      password2: password,
    };
    const { status, html } = await new PagePerson(app.url).post('/register/', form);
    expect([status, /data-bot-check/.test(html)]).toEqual([422, true]);
  });

  it('and 25 of a country a day, 500 of the home country', async () => {
    const number = (index: number) => `+1415${String(5_550_000 + index * 10_000).slice(0, 7)}`;
    expect(await times(30, (index) => free().take(number(index), `192.0.2.${index}`))).toBe(25);
    expect(await free().take('+447400123456', '192.0.2.200')).toBeNull();
  });

  it('and any to a country where hardly a code is typed in: it rests for nobody who answers', async () => {
    await app.app
      .get(Budgets, { strict: false })
      .hold({ rule: lowConversion, subject: 'US' }, after(app.clock.now(), hours(1)));
    const form = somebody();
    expect(await new ApiPerson(app.url).register(form)).toMatchObject(REFUSED);
    await app.audited();
    const events = await app.db.getRepository(AuditEvent).findBy({ name: 'bot-check.refused' });
    expect(events.at(-1)?.details).toEqual({
      reason: 'missing',
      limit: 'low-conversion',
      held: true,
    });
    app.provider.forget();
    expect(
      await new ApiPerson(app.url).register({ ...form, botCheck: await solvedAt(app.url) }),
    ).toMatchObject({ status: 201 });
    expect(app.provider.started).toHaveLength(1);
  });

  it('of an IPv6 network are counted together', async () => {
    expect(
      await times(5, (index) => free().take(`+1415666${index}100`, `2001:db8::${index + 1}`)),
    ).toBe(3);
  });
});

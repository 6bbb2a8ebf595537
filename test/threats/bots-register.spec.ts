import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { days, minutes } from '../../src/common/clock.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PagePerson } from '../support/page-person.js';
import { somebody } from '../support/people.js';
import type { Registration } from '../support/person.js';
import { solvedAt } from '../support/solve.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';
import { makeAccount } from '../support/ways.js';

const ALWAYS = { BOT_CHECK_WHEN: 'always', BOT_CHECK_DIFFICULTY: '10', ABUSE_LIMITS: 'enforce' };
const REFUSED = { status: 422, error: 'validation_failed' };

onBothDatabases('robots that register', (database) => {
  let app: WatchedApp;
  /**
   * Another instance on the same database; the same one on SQLite, whose file one process serves.
   */
  let other: TestApp;
  beforeAll(async () => {
    app = await startWatched({ database, environment: ALWAYS });
    other =
      database === 'SQLite' ? app : await startApp({ use: app.database, environment: ALWAYS });
  });
  beforeEach(() => {
    app.provider.forget();
    app.clock.advance(days(1));
  });
  afterAll(async () => {
    if (other !== app) await other.close();
    await app.close();
  });

  const faces = [
    ['by pages', () => new PagePerson(app.url)],
    ['by API', () => new ApiPerson(app.url)],
  ] as const;
  const register = (form: Registration) => new ApiPerson(app.url).register(form);
  const solved = () => solvedAt(app.url);
  const seen = async () => ({
    users: await app.db.getRepository(User).count(),
    messages: app.provider.started.length,
  });
  const taken = async () => (await makeAccount(app)).username;

  describe.each(faces)('%s', (_, visitor) => {
    it('without an answer get nothing, store nothing and send nothing', async () => {
      const before = await seen();
      const outcome = await visitor().register(somebody());
      expect(outcome).toMatchObject(REFUSED);
      expect(await seen()).toEqual(before);
    });

    it('with an answer of their own making neither', async () => {
      const before = await seen();
      for (const botCheck of [
        '1',
        'e30=',
        (await solved()).slice(0, -8),
        '0.a-token-of-another-service',
      ]) {
        expect(await visitor().register({ ...somebody(), botCheck })).toMatchObject(REFUSED);
      }
      expect(await seen()).toEqual(before);
    });

    it('pay for each message: an answer counts once', async () => {
      const botCheck = await solved();
      const [first, second] = [somebody(), somebody()];
      expect(await visitor().register({ ...first, botCheck })).not.toHaveProperty('error');
      expect(await visitor().register({ ...second, botCheck })).toMatchObject(REFUSED);
      expect(app.provider.started.map(({ phoneNumber }) => phoneNumber)).toEqual([
        first.phoneNumber,
      ]);
      expect(await app.db.getRepository(User).countBy({ username: second.username })).toBe(0);
    });
  });

  it('learn nothing of names and numbers before they have answered', async () => {
    const known = await makeAccount(app);
    const forms = [
      somebody(),
      somebody(known.username),
      { ...somebody(), phoneNumber: known.phoneNumber },
    ];
    const answers = forms.map(async (form) => {
      const person = new ApiPerson(app.url);
      await person.register(form);
      const { request_id, ...said } = person.last?.body ?? {};
      expect(request_id).toEqual(expect.any(String));
      return JSON.stringify(said);
    });
    const said = await Promise.all(answers);
    expect(new Set(said).size).toBe(1);
    expect(said[0]).toContain('"pointer":"/bot_check"');
  });

  it('gain nothing by sending one answer fifty times at once', async () => {
    const botCheck = await solved();
    const tries = await Promise.all(
      Array.from({ length: 50 }, () => register({ ...somebody(), botCheck })),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(49).fill(422)]);
    expect(app.provider.started).toHaveLength(1);
  });

  it('gain nothing by going to another instance, which takes an answer all the same', async () => {
    other.clock.advance(app.clock.now().getTime() - other.clock.now().getTime());
    const botCheck = await solved();
    expect(await new ApiPerson(other.url).register({ ...somebody(), botCheck })).toMatchObject({
      status: 201,
    });
    expect(await register({ ...somebody(), botCheck })).toMatchObject(REFUSED);
  });

  it('cannot keep answers for later', async () => {
    const botCheck = await solved();
    app.clock.advance(minutes(20));
    expect(await register({ ...somebody(), botCheck })).toMatchObject(REFUSED);
    app.clock.advance(days(1));
    expect(await register({ ...somebody(), botCheck })).toMatchObject(REFUSED);
  });

  it('are not people, who may correct a field and keep their answer', async () => {
    const botCheck = await solved();
    const form = { ...somebody(), botCheck };
    expect((await register({ ...form, phoneNumber: '+1415' })).fields).toHaveProperty(
      'phone_number',
    );
    expect(await register({ ...form, username: await taken() })).toMatchObject({
      error: 'username_taken',
    });
    expect((await register({ ...form, password: 'password' })).fields).toHaveProperty('password');
    expect(await register(form)).toMatchObject({ status: 201 });
  });

  it('may try ten names with one answer, no more', async () => {
    const [botCheck, username] = [await solved(), await taken()];
    for (let tries = 0; tries < 10; tries += 1) {
      expect(await register({ ...somebody(username), botCheck })).toMatchObject({
        error: 'username_taken',
      });
    }
    expect(await register({ ...somebody(), botCheck })).toMatchObject(REFUSED);
  });
});

describe('robots that register, where limits are only recorded', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ environment: { ...ALWAYS, ABUSE_LIMITS: 'record' } });
  });
  afterAll(() => app.close());

  it('go on, and are written down', async () => {
    expect(await new ApiPerson(app.url).register(somebody())).toMatchObject({ status: 201 });
    await app.audited();
    const events = await app.db.getRepository(AuditEvent).findBy({ name: 'bot-check.refused' });
    expect(events.map(({ details }) => details)).toEqual([
      { reason: 'missing', limit: 'always', held: false },
    ]);
  });
});

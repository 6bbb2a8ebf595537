import { AccountEvents, type AccountEventName } from '../../src/common/account-events.js';
import { LOCAL_CLIENT } from '../../src/common/net/client-info.js';
import { days, minutes, seconds } from '../../src/common/clock.js';
import { LimitDecision } from '../../src/messaging/limits/limit-decision.entity.js';
import { SentMessage } from '../../src/messaging/sent-message.entity.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import type { Registration } from '../support/person.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeTwoFactorAccount } from '../support/two-factor-account.js';
import { makeAccount, wrong } from '../support/ways.js';

onBothDatabases(
  'notices cost no more than their budgets, and take nothing from those of codes',
  (database) => {
    let app: TestApp;
    beforeAll(async () => {
      app = await startApp({ database, environment: { ABUSE_LIMITS: 'enforce' } });
    });
    beforeEach(() => app.clock.advance(days(1)));
    afterAll(() => app.close());

    const idOf = async ({ username }: Registration) =>
      (await app.db.getRepository(User).findOneByOrFail({ username })).id;
    const emit = (name: AccountEventName, userId: number) =>
      app.app.get(AccountEvents).emit({ name, userId, client: LOCAL_CLIENT });
    const told = async ({ phoneNumber }: Registration) => (await app.noticesTo(phoneNumber)).length;
    const booked = async (form: Registration) =>
      app.db.getRepository(SentMessage).countBy({ userId: await idOf(form), kind: 'notice' });
    const unsent = async (userId: number) => {
      await app.audited();
      const rows = await app.db.query<{ details: string }[]>(
        "SELECT details FROM audit_events WHERE name = 'notice.not-sent' AND user_id = ?",
        [userId],
      );
      return rows.map(({ details }) => JSON.parse(details) as unknown);
    };

    async function pendingLogIn() {
      const form = await makeTwoFactorAccount(app);
      const person = new ApiPerson(app.url);
      await person.logIn(form.username, form.password);
      return { form, person, bad: wrong(app.codeFor(form.phoneNumber)) };
    }

    it('50 wrong codes at once are one notice', async () => {
      const { form, person, bad } = await pendingLogIn();
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () => person.twin().confirm(bad)),
      );
      expect(outcomes.filter(({ status }) => status === 500)).toEqual([]);
      expect(outcomes.filter(({ error }) => error === 'wrong_code')).toHaveLength(5);
      expect(await told(form)).toBe(1);
      expect(await booked(form)).toBe(1);
    });

    it('50 changes at once are five notices a day to one number, and the next day it may be told again', async () => {
      const form = await makeAccount(app);
      const id = await idOf(form);
      for (let change = 0; change < 50; change += 1) emit('password.changed', id);
      expect(await told(form)).toBe(5);
      expect(await booked(form)).toBe(5);
      expect(await unsent(id)).toContainEqual({
        notice: 'password_changed',
        outcome: 'over_budget',
      });
      app.clock.advance(days(1));
      emit('password.changed', id);
      expect(await told(form)).toBe(6);
    });

    it('whoever types wrong codes all day is told of three times, and takes away no notice of a change', async () => {
      const form = await makeAccount(app);
      const id = await idOf(form);
      for (let wait = 0; wait < 20; wait += 1) {
        emit('code.blocked', id);
        await told(form);
        app.clock.advance(minutes(10));
      }
      expect(await told(form)).toBe(3);
      emit('two-factor.off', id);
      expect(await told(form)).toBe(4);
    });

    it('whoever logs in on new devices all day is told of five times, and takes away no notice of a change', async () => {
      const form = await makeAccount(app);
      const id = await idOf(form);
      for (let device = 0; device < 6; device += 1) emit('device.new', id);
      expect(await told(form)).toBe(5);
      emit('password.changed', id);
      expect(await told(form)).toBe(6);
    });

    it('a code goes out though all notices of the number are used up, and codes use up no notice', async () => {
      const form = await makeTwoFactorAccount(app);
      const id = await idOf(form);
      for (let change = 0; change < 6; change += 1) emit('password.changed', id);
      expect(await told(form)).toBe(5);
      const person = new ApiPerson(app.url);
      await person.logIn(form.username, form.password);
      expect(app.sent(form.phoneNumber)).toBe(1);
      expect(await person.confirm(app.codeFor(form.phoneNumber))).toMatchObject({ status: 200 });
    });

    it('all notices of a day have an end, which is no end of the codes', async () => {
      const [form, other] = [await makeAccount(app), await makeTwoFactorAccount(app)];
      emit('device.new', await idOf(form));
      expect(await told(form)).toBe(1);
      await app.db.query(`UPDATE budgets SET count = 1000 WHERE \`key\` LIKE 'notices-all-day:%'`);
      emit('device.new', await idOf(other));
      expect(await told(other)).toBe(0);
      expect(await unsent(await idOf(other))).toEqual([
        { notice: 'new_device', outcome: 'over_budget' },
      ]);
      app.clock.advance(seconds(40));
      await new ApiPerson(app.url).logIn(other.username, other.password);
      expect(app.sent(other.phoneNumber)).toBe(1);
    });
  },
);

onBothDatabases('what notices cost', (database) => {
  let app: TestApp;
  beforeAll(async () => {
    // A text costs 0.01 here: of the tenth, registrations may use 0.08, and notices half of the
    // rest.
    app = await startApp({
      database,
      environment: { ABUSE_LIMITS: 'enforce', DAILY_SPEND: '0.1' },
    });
  });
  afterAll(() => app.close());

  it('is the money of a day, of which they leave enough for log-ins', async () => {
    const form = await makeTwoFactorAccount(app);
    const { id } = await app.db.getRepository(User).findOneByOrFail({ username: form.username });
    const events = app.app.get(AccountEvents);
    const told = async () => (await app.noticesTo(form.phoneNumber)).length;
    const before = await told();
    for (const name of ['password.changed', 'device.new'] as const) {
      events.emit({ name, userId: id, client: LOCAL_CLIENT });
      await told();
    }
    expect(before + (await told())).toBe(1);
    const rows = await app.db.getRepository(LimitDecision).findBy({ limit: 'notices-spend-day' });
    expect(rows.map(({ purpose, subject, held }) => ({ purpose, subject, held }))).toEqual([
      { purpose: 'notice', subject: 'all', held: true },
    ]);
    app.clock.advance(seconds(40));
    await new ApiPerson(app.url).logIn(form.username, form.password);
    expect(app.sent(form.phoneNumber)).toBe(1);
  });
});

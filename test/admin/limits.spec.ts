import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { PurgeService } from '../../src/auth/purge.service.js';
import { after, days, hours, minutes } from '../../src/common/clock.js';
import { LimitDecision } from '../../src/messaging/limits/limit-decision.entity.js';
import { LimitDecisions } from '../../src/messaging/limits/limit-decisions.js';
import { lowConversion } from '../../src/messaging/limits/send-rules.js';
import { Budgets } from '../../src/rate-limit/budgets.js';
import { onBothDatabases } from '../support/databases.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { account, StaffPerson, superuser } from './staff-person.js';

onBothDatabases('limits in the panel', (database) => {
  let app: TestApp;
  let staff: StaffPerson;
  let root: StaffPerson;
  let outsider: StaffPerson;

  const list = (query = '', person = staff) =>
    person.read(`/resources/limits/actions/list?${query}`);
  const limits = async (query = '') =>
    ((await list(query)).json.records ?? []).map(({ params }) => params['limit']);
  const decisions = () => app.app.get(LimitDecisions, { strict: false });

  beforeAll(async () => {
    app = await startApp({ database });
    await account(app, 'staff', { isStaff: true, permissions: ['limits.view'] });
    await account(app, 'outsider', { isStaff: true, permissions: ['messages.view', 'audit.view'] });
    await superuser(app);
    staff = await StaffPerson.at(app, 'staff');
    outsider = await StaffPerson.at(app, 'outsider');
    root = await StaffPerson.at(app, 'root');
    const until = after(app.clock.now(), hours(2));
    await decisions().note(
      [{ limit: 'number-day', until, maskedSubject: '+1 ••••• •0100', isEnforced: true }],
      'login',
    );
    const country = { limit: 'country-day', until, maskedSubject: 'GB', isEnforced: false };
    await decisions().note([country], 'register');
    app.clock.advance(minutes(20));
    await decisions().note(
      [country, { limit: 'session-10-minutes', until, maskedSubject: null, isEnforced: true }],
      'register',
    );
  });
  afterAll(() => app.close());

  it('are found by limit, subject, purpose and whether they held', async () => {
    expect(await limits()).toEqual(['session-10-minutes', 'country-day', 'number-day']);
    expect((await list()).json.meta?.total).toBe(3);
    expect(await limits('filters.limit=country-day')).toEqual(['country-day']);
    expect(await limits('filters.subject=GB')).toEqual(['country-day']);
    expect(await limits('filters.purpose=login')).toEqual(['number-day']);
    expect(await limits('filters.held=false')).toEqual(['country-day']);
    expect(await limits('filters.limit=%25')).toEqual([]);
  });

  it('say how often within the hour, from when to when, and no more than that', async () => {
    const [record] = (await list('filters.limit=country-day')).json.records ?? [];
    const { json } = await staff.read(`/resources/limits/records/${record?.id}/show`);
    expect(json.record?.params).toEqual({
      id: Number(record?.id),
      limit: 'country-day',
      subject: 'GB',
      purpose: 'register',
      held: false,
      count: 2,
      until: '2026-03-01T14:00:00.000Z',
      first_at: '2026-03-01T12:00:00.000Z',
      last_at: '2026-03-01T12:20:00.000Z',
    });
  });

  it('are for reading, for superusers too', async () => {
    const before: unknown = await app.db.query('SELECT * FROM limit_decisions');
    const { id, recordActions } = (await list('', root)).json.records![0]!;
    expect(recordActions.map(({ name }) => name)).toEqual(['show']);
    for (const path of [`records/${id}/edit`, `records/${id}/delete`, 'actions/new']) {
      const { json } = await root.send(`/resources/limits/${path}`, { limit: 'x' });
      expect(json.notice?.type ?? json.code).toMatch(/error|not_found/);
    }
    expect(await app.db.query('SELECT * FROM limit_decisions')).toEqual(before);
  });

  it('refuse staff without limits.view', async () => {
    const { json } = await list('', outsider);
    expect([json.notice?.type, json.records, json.meta?.total ?? 0]).toEqual(['error', [], 0]);
    expect(
      (await outsider.read('/resources/limits/records/1/show')).json.record?.params ?? {},
    ).toEqual({});
    const named = async (person: StaffPerson) =>
      (await person.read('/dashboard')).text.includes('"limits"');
    expect([await named(staff), await named(outsider)]).toEqual([true, false]);
  });

  it('a rest is ended by superusers only, once, and leaves a trace', async () => {
    const budgets = app.app.get(Budgets, { strict: false });
    const until = after(app.clock.now(), hours(12));
    await budgets.hold({ rule: lowConversion, subject: '+1415200' }, until);
    await decisions().note(
      [{ limit: lowConversion.name, until, maskedSubject: '+1415200', isEnforced: true }],
      'register',
    );
    const recordOf = async (person: StaffPerson) =>
      (await list('filters.limit=low-conversion', person)).json.records![0]!;
    const { id, recordActions } = await recordOf(staff);
    expect(recordActions.map(({ name }) => name)).toEqual(['show']);
    const lift = async (person: StaffPerson) =>
      (await person.send(`/resources/limits/records/${id}/lift`)).json.notice?.type;
    expect(await lift(staff)).toBe('error');
    expect((await recordOf(root)).recordActions.map(({ name }) => name)).toContain('lift');
    await root.read(`/resources/limits/records/${id}/lift`);
    const rests = () => budgets.refusedUntil({ rule: lowConversion, subject: '+1415200' });
    expect(await rests()).toEqual(until);
    expect([await lift(root), await rests(), await lift(root)]).toEqual(['success', null, 'error']);
    await app.audited();
    expect(await app.db.getRepository(AuditEvent).findBy({ name: 'limit.lifted' })).toMatchObject([
      { actorId: expect.any(Number) as number, details: { region: '+1415200' } },
    ]);
  });

  it('have one row, however many decide the same at once', async () => {
    const refusal = {
      limit: 'all-day',
      until: after(app.clock.now(), hours(2)),
      maskedSubject: 'all',
      isEnforced: true,
    };
    await Promise.all(Array.from({ length: 20 }, () => decisions().note([refusal], 'login')));
    expect(await app.db.getRepository(LimitDecision).findBy({ limit: 'all-day' })).toMatchObject([
      { count: 20 },
    ]);
  });

  it('go after 30 days', async () => {
    const purge = app.app.get(PurgeService, { strict: false });
    app.clock.advance(days(30) - minutes(1));
    await purge.purge();
    expect(await app.db.getRepository(LimitDecision).countBy({ limit: 'all-day' })).toBe(1);
    app.clock.advance(minutes(2));
    await purge.purge();
    expect(await app.db.getRepository(LimitDecision).count()).toBe(0);
  });
});

onBothDatabases('networks of decisions', (database) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ database, environment: { AUDIT_ADDRESS_DAYS: '5' } });
  });
  afterAll(() => app.close());

  it('are forgotten with those of the audit log; what was decided stays', async () => {
    const until = after(app.clock.now(), hours(1));
    const decided = [
      { limit: 'address-hour', until, maskedSubject: '192.0.2.7', isEnforced: true },
      { limit: 'country-day', until, maskedSubject: 'GB', isEnforced: true },
    ];
    await app.app.get(LimitDecisions, { strict: false }).note(decided, 'register');
    const purged = async () => {
      await app.app.get(PurgeService, { strict: false }).purge();
      const rows = await app.db.getRepository(LimitDecision).find({ order: { limit: 'ASC' } });
      return rows.map(({ limit, subject }) => [limit, subject]);
    };
    app.clock.advance(days(5));
    expect(await purged()).toEqual([
      ['address-hour', '192.0.2.7'],
      ['country-day', 'GB'],
    ]);
    app.clock.advance(1);
    expect(await purged()).toEqual([
      ['address-hour', null],
      ['country-day', 'GB'],
    ]);
  });
});

import { jest } from '@jest/globals';
import { IsNull } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner.js';
import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { AuditRetention } from '../../src/audit/audit-retention.service.js';
import { KnownDevice } from '../../src/auth/sessions/known-device.entity.js';
import { PurgeService } from '../../src/auth/purge.service.js';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { days } from '../../src/common/clock.js';
import { IdempotentCall } from '../../src/idempotency/idempotent-call.entity.js';
import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { Conversion } from '../../src/messaging/limits/conversion.entity.js';
import { LimitDecision } from '../../src/messaging/limits/limit-decision.entity.js';
import { SentMessage } from '../../src/messaging/sent-message.entity.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { User } from '../../src/users/user.entity.js';
import { onBothDatabases } from '../support/databases.js';
import { fillTable } from '../support/rows-of.js';
import { startApp, type TestApp } from '../support/start-app.js';

const LONG_AGO = new Date('2001-01-01T00:00:00Z');
const LATER = new Date('2100-01-01T00:00:00Z');
const MOST = 200;

onBothDatabases('the purge', (kind) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ database: kind, environment: { AUDIT_ADDRESS_DAYS: '10' } });
  });
  afterAll(() => app.close());
  afterEach(() => jest.restoreAllMocks());

  const fill = (...[entity, rows, given]: [new () => object, number, object?]) =>
    fillTable(app.db, entity, { rows, at: LONG_AGO, ...(given ? { given } : {}) });
  const purge = () => app.app.get(PurgeService, { strict: false }).purge();
  /** Rows that each statement of `work` changed, however it was sent. */
  const changedBy = async (work: () => Promise<unknown>) => {
    const counts: number[] = [];
    jest.restoreAllMocks();
    const Runner = kind === 'SQLite' ? BetterSqlite3QueryRunner : MysqlQueryRunner;
    const query = Runner.prototype.query;
    const counted = async function (this: BetterSqlite3QueryRunner, ...words: unknown[]) {
      const result = (await query.apply(this as never, words as never)) as
        { affected?: number } | undefined;
      counts.push(result?.affected ?? 0);
      return result;
    };
    jest.spyOn(Runner.prototype, 'query').mockImplementation(counted as never);
    await work();
    return counts.filter((count) => count > 0);
  };

  it('changes few rows with each statement, of whatever it takes away, and leaves the rest', async () => {
    await fill(User, 700, { registrationExpiresAt: LONG_AGO });
    // Each of them has one of these, and as many belong to nobody.
    for (const entity of [Session, Challenge, KnownDevice]) await fill(entity, 1300);
    for (const entity of [SentMessage, Budget, IdempotentCall]) await fill(entity, 600);
    await fill(LimitDecision, 600, { limit: 'address-hour', subject: '192.0.2.7' });
    await fill(Conversion, 600);
    const kept = { key: 'kept', count: 1, blockedUntil: null, expiresAt: LATER };
    await app.db.manager.insert(Budget, kept);
    let purged: object = {};
    const counts = await changedBy(async () => (purged = await purge()));
    expect(purged).toEqual({
      registrations: 700,
      sessions: 600,
      devices: 600,
      challenges: 600,
      messages: 600,
      conversions: 600,
      decisions: 600,
      budgets: 600,
      calls: 600,
    });
    expect(Math.max(...counts)).toBe(MOST);
    expect(await app.db.manager.find(Budget)).toEqual([kept]);
  });

  it('empties networks and addresses a few at a time, and each once', async () => {
    const at = new Date(app.clock.now().getTime() - days(20));
    await fillTable(app.db, AuditEvent, { rows: 1200, at, given: { address: '192.0.2.7' } });
    await fillTable(app.db, LimitDecision, {
      rows: 1200,
      at,
      given: { limit: 'address-day', subject: '192.0.2.7' },
    });
    const retention = app.app.get(AuditRetention, { strict: false });
    for (const forget of [purge, () => retention.forgetAddresses()]) {
      expect(await changedBy(forget)).toEqual(Array(6).fill(200));
      expect(await changedBy(forget)).toEqual([]);
    }
    expect(await app.db.manager.countBy(LimitDecision, { subject: IsNull() })).toBe(1200);
  });
});

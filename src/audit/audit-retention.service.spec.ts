import { DataSource } from 'typeorm';
import { after, Clock, days } from '../common/clock.js';
import { loadSettings } from '../load-settings.js';
import { dataSourceOptions } from '../database/data-source-options.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AuditEvent } from './audit-event.entity.js';
import { AuditRetention } from './audit-retention.service.js';

class HandClock extends Clock {
  time = new Date('2026-05-01T10:00:00Z');

  override now(): Date {
    return this.time;
  }
}

describe('AuditRetention', () => {
  const clock = new HandClock();
  const start = clock.time;
  const settings = loadSettings({ SECRET_KEY: 'x'.repeat(32), AUDIT_ADDRESS_DAYS: '30' });
  let dataSource: DataSource;
  let retention: AuditRetention;

  beforeEach(async () => {
    clock.time = start;
    dataSource = await new DataSource(
      dataSourceOptions({ kind: 'sqlite', file: ':memory:' }, [AuditEvent]),
    ).initialize();
    await dataSource.runMigrations();
    retention = new AuditRetention(new UnitOfWork(dataSource), clock, settings);
  });

  afterEach(() => dataSource.destroy());

  const keep = (at: Date, count = 1) =>
    dataSource.manager.insert(
      AuditEvent,
      Array.from({ length: count }, () => ({
        at,
        name: 'session.opened',
        userId: 7,
        actorId: null,
        address: '192.0.2.7',
        agent: 'browser',
        details: {},
      })),
    );
  const addresses = async () =>
    (await dataSource.manager.find(AuditEvent, { order: { id: 'ASC' } })).map(
      ({ address, agent }) => [address, agent],
    );

  it('forgets from where after AUDIT_ADDRESS_DAYS, and not a day sooner', async () => {
    await keep(after(start, -days(30) - 1));
    await keep(after(start, -days(30)));
    expect(await retention.forgetAddresses()).toBe(1);
    expect(await addresses()).toEqual([
      [null, ''],
      ['192.0.2.7', 'browser'],
    ]);
  });

  it('forgets what has aged since the last time, also among rows numbered before the last one looked at', async () => {
    await keep(after(start, -days(29)));
    await keep(after(start, -days(31)));
    expect(await retention.forgetAddresses()).toBe(1);
    clock.time = after(start, days(2));
    expect(await retention.forgetAddresses()).toBe(1);
    expect(await addresses()).toEqual([
      [null, ''],
      [null, ''],
    ]);
  });

  it('works through more than one batch and keeps the rest of the row', async () => {
    await keep(after(start, -days(31)), 1203);
    expect(await retention.forgetAddresses()).toBe(1203);
    expect(
      await dataSource.manager.countBy(AuditEvent, {
        name: 'session.opened',
        userId: 7,
        agent: '',
      }),
    ).toBe(1203);
  });
});

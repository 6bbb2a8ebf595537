import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { AccountEvents, type AccountEvent } from '../common/account-events.js';
import { Clock } from '../common/clock.js';
import { dataSourceOptions } from '../database/data-source-options.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AuditEvent } from './audit-event.entity.js';
import { AuditLog } from './audit-log.js';

const client = { address: '192.0.2.7', agent: 'browser' };
const event = (userId: number): AccountEvent => ({
  name: 'code.wrong',
  userId,
  client: { ...client, locale: 'en' },
  details: { attempts_left: 3 },
});

class StoppedClock extends Clock {
  override now(): Date {
    return new Date('2026-05-01T10:00:00.123Z');
  }
}

describe('AuditLog', () => {
  let dataSource: DataSource;
  let unit: UnitOfWork;
  let events: AccountEvents;
  let audit: AuditLog;
  const errors: string[] = [];

  beforeEach(async () => {
    dataSource = await new DataSource(
      dataSourceOptions({ kind: 'sqlite', file: ':memory:' }, [AuditEvent]),
    ).initialize();
    await dataSource.runMigrations();
    unit = new UnitOfWork(dataSource);
    events = new AccountEvents();
    audit = new AuditLog(events, unit, new StoppedClock());
    errors.length = 0;
    jest
      .spyOn(Logger.prototype, 'error')
      .mockImplementation((message: unknown) => void errors.push(String(message)));
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await dataSource.destroy();
  });

  const rows = () => dataSource.manager.find(AuditEvent, { order: { id: 'ASC' } });

  /** The next `times` writes fail. */
  function failing(
    times: number,
    error = new Error('SELECT secret'),
  ): jest.Spied<UnitOfWork['write']> {
    const write = jest.spyOn(unit, 'write');
    for (let time = 0; time < times; time += 1) write.mockRejectedValueOnce(error);
    return write;
  }

  it('keeps who, what, when and from where', async () => {
    events.emit({ ...event(7), actorId: 9 });
    await audit.flush();
    expect(await rows()).toEqual([
      {
        id: 1,
        at: new Date('2026-05-01T10:00:00.123Z'),
        name: 'code.wrong',
        userId: 7,
        actorId: 9,
        ...client,
        details: { attempts_left: 3 },
      },
    ]);
  });

  it('keeps what has no address, no actor, no details and an agent without end', async () => {
    events.emit({
      name: 'user.created',
      userId: null,
      client: { address: '', agent: 'x'.repeat(1000), locale: 'en' },
    });
    await audit.flush();
    expect(await rows()).toMatchObject([
      { userId: null, actorId: null, address: null, agent: 'x'.repeat(200), details: {} },
    ]);
  });

  it('puts what arrives within a moment into one insert, in order', async () => {
    const write = jest.spyOn(unit, 'write');
    let release: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    void unit.write(() => slow);
    write.mockClear();
    events.emit(event(1));
    for (let userId = 2; userId <= 40; userId += 1) events.emit(event(userId));
    release();
    await audit.flush();
    expect(write).toHaveBeenCalledTimes(1);
    expect((await rows()).map(({ userId }) => userId)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
  });

  it('a failing insert is tried again, and nothing is lost or out of order', async () => {
    failing(2);
    events.emit(event(1));
    events.emit(event(2));
    await audit.flush();
    events.emit(event(3));
    await audit.flush();
    expect((await rows()).map(({ userId }) => userId)).toEqual([1, 2, 3]);
    expect(errors).toEqual([]);
  });

  it('a dead database costs one line without what was to be stored, never the request, and later events are kept', async () => {
    failing(4);
    expect(() => events.emit(event(1))).not.toThrow();
    await audit.flush();
    expect(errors).toEqual([
      '1 audit events were lost, the first of 2026-05-01T10:00:00.123Z: Error',
    ]);
    events.emit(event(2));
    await audit.flush();
    expect((await rows()).map(({ userId }) => userId)).toEqual([2]);
  });

  it('a shutdown knocks at a dead database for one batch only', async () => {
    const write = failing(100);
    for (let userId = 1; userId <= 1200; userId += 1) events.emit(event(userId));
    await audit.beforeApplicationShutdown();
    expect(write).toHaveBeenCalledTimes(4);
    expect(errors).toEqual([expect.stringContaining('1200 audit events were lost')]);
  });

  it('an outage does not fill the memory', async () => {
    failing(4);
    for (let userId = 1; userId <= 10_002; userId += 1) events.emit(event(userId));
    await audit.flush();
    expect(errors.slice(0, 2)).toEqual(
      Array(2).fill('An audit event was lost: code.wrong. Too many wait for the database.'),
    );
  });
});

import {
  In,
  IsNull,
  LessThan,
  LessThanOrEqual,
  Like,
  MoreThan,
  MoreThanOrEqual,
  Not,
} from 'typeorm';
import { seconds } from '../../src/common/clock.js';
import {
  countRows,
  deleteRows,
  insertRow,
  insertRows,
  putRows,
  selectRows,
  updateRows,
  type Where,
} from '../../src/database/rows.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { onBothDatabases } from '../support/databases.js';
import { startApp, type TestApp } from '../support/start-app.js';

const AT = new Date('2026-01-02T03:04:05.678Z');
const budget = (key: string, count: number, blockedUntil: Date | null = null): Budget => ({
  key,
  count,
  blockedUntil,
  expiresAt: AT,
});
const session = (tokenHash: string): Omit<Session, 'id'> => ({
  tokenHash,
  userId: 7,
  methods: ['password'],
  proofs: { login: AT.toISOString() },
  deviceId: null,
  nextPath: null,
  address: '::1',
  agent: "it's \\ ü",
  createdAt: AT,
  lastSeenAt: AT,
  expiresAt: AT,
});

onBothDatabases('rows', (database) => {
  let app: TestApp;
  let unit: UnitOfWork;
  const keysOf = (where: Where<Budget>) =>
    unit.read(async (manager) =>
      (await selectRows(manager, Budget, where, 'ORDER BY count')).map(({ key }) => key),
    );

  beforeAll(async () => {
    app = await startApp({ database });
    unit = app.app.get(UnitOfWork);
    await unit.write((manager) =>
      putRows(manager, Budget, [budget('a', 1), budget('b', 2, AT), budget('c', 3)]),
    );
  });
  afterAll(() => app.close());

  it('come back as they went in, with the id the database gave them', async () => {
    const first = await unit.write((manager) =>
      insertRow(manager, Session, session('a'.repeat(64))),
    );
    const second = await unit.write((manager) =>
      insertRow(manager, Session, session('b'.repeat(64))),
    );
    expect(second.id).toBeGreaterThan(first.id);
    const found = await unit.read((manager) => selectRows(manager, Session, { id: first.id }));
    expect(found).toEqual([first]);
    expect(found[0]).toBeInstanceOf(Session);
    expect(await app.db.getRepository(Session).findOneByOrFail({ id: first.id })).toEqual(first);
  });

  it('go in several at once', async () => {
    const event = {
      at: AT,
      name: 'rows.tested',
      userId: null,
      actorId: 1,
      address: null,
      agent: 'x',
      details: { n: 1 },
    };
    await unit.write((manager) =>
      insertRows(manager, AuditEvent, [event, { ...event, userId: 5 }]),
    );
    expect(await app.db.getRepository(AuditEvent).countBy({ name: 'rows.tested' })).toBe(2);
  });

  it('are overwritten by those of the same key', async () => {
    await unit.write((manager) => putRows(manager, Budget, [budget('put', 8), budget('new', 9)]));
    await unit.write((manager) => putRows(manager, Budget, [budget('put', 10, AT)]));
    const rows = await unit.read((manager) =>
      selectRows(manager, Budget, { key: In(['put', 'new']) }, 'ORDER BY count'),
    );
    expect(rows.map((row) => ({ ...row }))).toEqual([budget('new', 9), budget('put', 10, AT)]);
    expect(
      await unit.write((manager) => deleteRows(manager, Budget, { key: In(['put', 'new']) })),
    ).toBe(2);
  });

  it('are counted where they are there, and begin with what is given where not', async () => {
    const count = (...keys: string[]) =>
      unit.write((manager) =>
        countRows(
          manager,
          Budget,
          keys.map((key) => budget(key, 1)),
          'count',
        ),
      );
    await count('once', 'twice');
    await count('twice');
    const rows = await unit.read((manager) =>
      selectRows(manager, Budget, { key: In(['once', 'twice']) }, 'ORDER BY count'),
    );
    expect(rows.map((row) => ({ ...row }))).toEqual([budget('once', 1), budget('twice', 2)]);
    await unit.write((manager) => deleteRows(manager, Budget, { key: In(['once', 'twice']) }));
  });

  it.each<[string, Where<Budget>, string[]]>([
    ['a value', { key: 'b' }, ['b']],
    ['null', { blockedUntil: null }, ['a', 'c']],
    ['IsNull', { blockedUntil: IsNull() }, ['a', 'c']],
    ['Not(IsNull)', { blockedUntil: Not(IsNull()) }, ['b']],
    ['Not', { key: Not('b') }, ['a', 'c']],
    ['In', { key: In(['a', 'c', 'x']) }, ['a', 'c']],
    ['In of nothing', { key: In([]) }, []],
    ['LessThan', { count: LessThan(2) }, ['a']],
    ['LessThanOrEqual', { count: LessThanOrEqual(2) }, ['a', 'b']],
    ['MoreThan', { count: MoreThan(2) }, ['c']],
    ['MoreThanOrEqual', { count: MoreThanOrEqual(2) }, ['b', 'c']],
    ['an instant', { expiresAt: AT, blockedUntil: LessThanOrEqual(AT) }, ['b']],
    [
      'an instant to the millisecond',
      { expiresAt: MoreThan(new Date(AT.getTime() - 1)), count: 3 },
      ['c'],
    ],
    ['an attack', { key: "' OR 1=1 --" }, []],
  ])('are met by %s', async (_name, where, keys) => {
    expect(await keysOf(where)).toEqual(keys);
  });

  it('change only where the guard is met', async () => {
    const more = { count: () => 'count + 10', expiresAt: new Date(AT.getTime() + seconds(1)) };
    const change = (where: Where<Budget>) =>
      unit.write((manager) => updateRows(manager, Budget, where, more));
    expect(await change({ key: 'a', count: MoreThan(1) })).toBe(0);
    expect(await change({ key: 'a', count: 1 })).toBe(1);
    expect(await change({ key: 'a', count: 11, expiresAt: AT })).toBe(0);
    expect(await app.db.getRepository(Budget).findOneByOrFail({ key: 'a' })).toMatchObject({
      count: 11,
    });
    await unit.write((manager) => putRows(manager, Budget, [budget('a', 1)]));
  });

  it('counts a row that is met as met, even if nothing changes', async () => {
    expect(
      await unit.write((manager) => updateRows(manager, Budget, { key: 'a' }, { count: 1 })),
    ).toBe(1);
  });

  it.each<[string, object]>([
    ['falls away', {}],
    ['is undefined', { key: undefined }],
    ['names no column', { name: 'a' }],
    ['has an operator without a statement', { key: Like('a%') }],
  ])('are left alone when a guard %s', async (_name, where) => {
    await expect(unit.write((manager) => deleteRows(manager, Budget, where))).rejects.toThrow();
    await expect(
      unit.write((manager) => updateRows(manager, Budget, where, { count: 0 })),
    ).rejects.toThrow();
    expect(await keysOf({ count: MoreThan(0) })).toEqual(['a', 'b', 'c']);
  });

  it('are written in a unit of work only', async () => {
    await expect(deleteRows(app.db.manager, Budget, { key: 'a' })).rejects.toThrow('unit of work');
  });
});

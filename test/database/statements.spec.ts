import {
  In,
  IsNull,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  Not,
  type EntityManager,
  type FindOptionsWhere,
} from 'typeorm';
import { seconds } from '../../src/common/clock.js';
import { insertRow } from '../../src/database/insert-row.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
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

/** What the guarded statements rely on, as the database and TypeORM really do it. */
onBothDatabases('statements', (database) => {
  let app: TestApp;
  let unit: UnitOfWork;
  const put = (...rows: Budget[]) => unit.write((manager) => manager.upsert(Budget, rows, ['key']));
  const keysOf = (where: FindOptionsWhere<Budget>) =>
    unit.read(async (manager) =>
      (await manager.find(Budget, { where, order: { count: 'ASC' } })).map(({ key }) => key),
    );

  beforeAll(async () => {
    app = await startApp({ database });
    unit = app.app.get(UnitOfWork);
    await put(budget('a', 1), budget('b', 2, AT), budget('c', 3));
  });
  afterAll(() => app.close());

  it('insert a row that comes back as it went in, with the id the database gave it', async () => {
    const insert = (tokenHash: string) => (manager: EntityManager) =>
      insertRow(manager.getRepository(Session), session(tokenHash));
    const first = await unit.write(insert('a'.repeat(64)));
    const second = await unit.write(insert('b'.repeat(64)));
    expect(first).toBeInstanceOf(Session);
    expect(second.id).toBeGreaterThan(first.id);
    expect(await unit.read((manager) => manager.findBy(Session, { id: first.id }))).toEqual([
      first,
    ]);
  });

  it('overwrite rows of the same key', async () => {
    await put(budget('put', 8), budget('new', 9));
    await put(budget('put', 10, AT));
    const both = { key: In(['put', 'new']) };
    expect(await app.db.manager.find(Budget, { where: both, order: { count: 'ASC' } })).toEqual([
      budget('new', 9),
      budget('put', 10, AT),
    ]);
    expect((await unit.write((manager) => manager.delete(Budget, both))).affected).toBe(2);
  });

  it.each<[string, FindOptionsWhere<Budget>, string[]]>([
    ['IsNull', { blockedUntil: IsNull() }, ['a', 'c']],
    ['Not(IsNull)', { blockedUntil: Not(IsNull()) }, ['b']],
    ['Not', { key: Not('b') }, ['a', 'c']],
    ['In', { key: In(['a', 'c', 'x']) }, ['a', 'c']],
    ['In of nothing', { key: In([]) }, []],
    ['LessThan', { count: LessThan(2) }, ['a']],
    ['an instant', { expiresAt: AT, blockedUntil: LessThanOrEqual(AT) }, ['b']],
    [
      'an instant to the millisecond',
      { expiresAt: MoreThan(new Date(AT.getTime() - 1)), count: 3 },
      ['c'],
    ],
    ['an attack', { key: "' OR 1=1 --" }, []],
  ])('meet rows by %s', async (_name, where, keys) => {
    expect(await keysOf(where)).toEqual(keys);
  });

  it('change only what meets their guard, and say how many that were', async () => {
    const more = { count: () => 'count + 10', expiresAt: new Date(AT.getTime() + seconds(1)) };
    const change = async (where: FindOptionsWhere<Budget>) =>
      (await unit.write((manager) => manager.update(Budget, where, more))).affected;
    expect(await change({ key: 'a', count: MoreThan(1) })).toBe(0);
    expect(await change({ key: 'a', count: 1 })).toBe(1);
    expect(await change({ key: 'a', count: 11, expiresAt: AT })).toBe(0);
    expect(await app.db.getRepository(Budget).findOneByOrFail({ key: 'a' })).toMatchObject({
      count: 11,
    });
    await put(budget('a', 1));
  });

  it('count a row that is met as met, even if nothing changes', async () => {
    const { affected } = await unit.write((manager) =>
      manager.update(Budget, { key: 'a' }, { count: 1 }),
    );
    expect(affected).toBe(1);
  });

  it.each<[string, object]>([
    ['falls away', {}],
    ['is undefined', { key: undefined }],
    ['is null', { key: null }],
    ['names no column', { name: 'a' }],
  ])('leave everything alone where a guard %s', async (_name, where) => {
    const failing = async (statement: (manager: EntityManager) => Promise<unknown>) =>
      expect(unit.write((manager) => statement(manager))).rejects.toThrow();
    await failing(async (manager) => manager.delete(Budget, where));
    await failing(async (manager) => manager.update(Budget, where, { count: 0 }));
    expect(await keysOf({ count: MoreThan(0) })).toEqual(['a', 'b', 'c']);
  });
});

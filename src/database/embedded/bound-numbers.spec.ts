import { createRequire } from 'node:module';
import { DataSource } from 'typeorm';
import { KnownKey } from '../../users/passwords/known-key.entity.js';
import { Budget } from '../../rate-limit/budget.entity.js';
import { bindNumbers } from './bound-numbers.js';

const driver: unknown = createRequire(import.meta.url)('libsql');
const open = () =>
  bindNumbers(
    new DataSource({
      type: 'better-sqlite3',
      driver,
      database: ':memory:',
      entities: [Budget, KnownKey],
      synchronize: true,
    }),
  );

describe('whole numbers on the embedded database', () => {
  it('are bound, so that one statement serves every id', async () => {
    const source = await open().initialize();
    const sqlFor = (count: number) =>
      source
        .createQueryBuilder(Budget, 'b')
        .where('b.count = :count', { count })
        .getQueryAndParameters();
    expect(sqlFor(1)[0]).toBe(sqlFor(2)[0]);
    expect(sqlFor(2)[1]).toEqual([2n]);
    await source.destroy();
  });

  it('are stored, compared and read as the same integers; negative ones, null and text too', async () => {
    const source = await open().initialize();
    const at = new Date('2026-01-01T00:00:00Z');
    for (const count of [0, 7, -7, 2 ** 40]) {
      await source.manager.upsert(
        Budget,
        { key: `k${count}`, count, blockedUntil: null, expiresAt: at },
        ['key'],
      );
      await source.manager.update(Budget, { count }, { count });
      expect(await source.manager.findBy(Budget, { count })).toEqual([
        { key: `k${count}`, count, blockedUntil: null, expiresAt: at },
      ]);
    }
    const types = await source.query<{ type: string }[]>(
      'SELECT DISTINCT typeof(count) AS type FROM budgets',
    );
    expect(types.map(({ type }) => type)).toEqual(['integer']);
    await source.destroy();
  });
});

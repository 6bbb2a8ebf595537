import { jest } from '@jest/globals';
import { PurgeService } from '../../src/auth/purge.service.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { onBothDatabases } from '../support/databases.js';
import { startApp } from '../support/start-app.js';

const LONG_AGO = new Date('2001-01-01T00:00:00Z');
const LATER = new Date('2100-01-01T00:00:00Z');

onBothDatabases('the purge', (kind) => {
  it('takes few rows with each statement, and only what has expired', async () => {
    const app = await startApp({ database: kind });
    const row = (index: number) => ({
      key: `k${index}`, count: 1, blockedUntil: null, expiresAt: index === 7 ? LATER : LONG_AGO,
    });
    await app.db.getRepository(Budget).insert(Array.from({ length: 1200 }, (_, index) => row(index)));
    const write = jest.spyOn(app.app.get(UnitOfWork, { strict: false }), 'write');
    expect((await app.app.get(PurgeService, { strict: false }).purge()).budgets).toBe(1199);
    const results = (await Promise.all(write.mock.results.map(({ value }) => value))) as { affected?: number }[];
    const affected = results.map((result) => result.affected ?? 0).filter((count) => count > 0);
    expect(affected).toEqual([500, 500, 199]);
    expect(await app.db.getRepository(Budget).existsBy({ key: 'k7' })).toBe(true);
    await app.close();
  });
});

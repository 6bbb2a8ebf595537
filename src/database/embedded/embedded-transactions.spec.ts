import { createRequire } from 'node:module';
import { DataSource } from 'typeorm';
import { EmbeddedTransactions } from './embedded-transactions.js';

const driver: unknown = createRequire(import.meta.url)('libsql');

describe('transactions of the embedded database', () => {
  let source: DataSource;
  let transactions: EmbeddedTransactions;
  beforeEach(async () => {
    source = await new DataSource({
      type: 'better-sqlite3',
      driver,
      database: ':memory:',
    }).initialize();
    transactions = new EmbeddedTransactions(source);
    await source.query('CREATE TABLE notes (text TEXT)');
  });
  afterEach(() => source.destroy());

  const notes = () => source.query('SELECT text FROM notes');

  it('are undone when the work fails', async () => {
    const work = transactions.run(async (manager) => {
      await manager.query("INSERT INTO notes VALUES ('gone')");
      throw new Error('the reason');
    });
    await expect(work).rejects.toThrow('the reason');
    expect(await notes()).toEqual([]);
  });

  it('tell the first error, also where SQLite has rolled back by itself and refuses to do it again', async () => {
    const work = transactions.run(async (manager) => {
      await manager.query('ROLLBACK');
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    });
    await expect(work).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    await transactions.run((manager) => manager.query("INSERT INTO notes VALUES ('kept')"));
    expect(await notes()).toEqual([{ text: 'kept' }]);
  });
});

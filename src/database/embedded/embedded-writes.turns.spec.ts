import { createRequire } from 'node:module';
import { DataSource } from 'typeorm';
import { connectionOf } from './embedded-connection.js';
import { EmbeddedWrites } from './embedded-writes.js';

const driver: unknown = createRequire(import.meta.url)('libsql');

describe('writes of the embedded database, one after the other', () => {
  let source: DataSource;
  let writes: EmbeddedWrites;
  /** How often the lock is still held by another process, and who asked for it. */
  let locked: number;
  let tries: number;

  beforeEach(async () => {
    source = await new DataSource({
      type: 'better-sqlite3',
      driver,
      database: ':memory:',
    }).initialize();
    await source.query('CREATE TABLE notes (text TEXT)');
    locked = 0;
    tries = 0;
    const connection = connectionOf(source);
    const prepare = connection.prepare.bind(connection);
    connection.prepare = (sql) => {
      const statement = prepare(sql);
      if (!sql.startsWith('BEGIN')) return statement;
      const run = statement.run.bind(statement);
      return Object.assign(statement, {
        run: (values: readonly unknown[]) => {
          tries += 1;
          if (locked > 0) {
            locked -= 1;
            throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
          }
          return run(values);
        },
      });
    };
    writes = new EmbeddedWrites(source, { retries: 3, pause: 0 });
  });
  afterEach(() => source.destroy());

  const notes = () => source.query('SELECT text FROM notes');
  const write = (text: string) =>
    writes.run((manager) => manager.query('INSERT INTO notes VALUES (?)', [text]));
  const outcomes = async (count: number) =>
    (await Promise.allSettled(Array.from({ length: count }, () => write('a')))).map(
      ({ status }) => status,
    );

  it('come in order of arrival, and never two at once', async () => {
    let running = 0;
    const seen: string[] = [];
    const work = (name: string) => async () => {
      running += 1;
      await Promise.resolve();
      seen.push(`${name}${running}`);
      running -= 1;
    };
    await Promise.all(['a', 'b', 'c'].map((name) => writes.run(work(name))));
    expect(seen).toEqual(['a1', 'b1', 'c1']);
  });

  it('are undone when the work fails, and stop nobody', async () => {
    const work = writes.run(async (manager) => {
      await manager.query("INSERT INTO notes VALUES ('gone')");
      throw new Error('the reason');
    });
    await Promise.all([expect(work).rejects.toThrow('the reason'), write('kept')]);
    expect(await notes()).toEqual([{ text: 'kept' }]);
  });

  it('tell the first error, also where SQLite has rolled back by itself and refuses to do it again', async () => {
    const work = writes.run(async (manager) => {
      await manager.query('ROLLBACK');
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    });
    await expect(work).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    await write('kept');
    expect(await notes()).toEqual([{ text: 'kept' }]);
  });

  it('are tried again while the file is locked, and the next one waits', async () => {
    locked = 3;
    expect(await outcomes(2)).toEqual(['fulfilled', 'fulfilled']);
    expect(tries).toBe(5);
    expect(await notes()).toHaveLength(2);
  });

  it('are given up in the end; those behind try once each, until one gets through', async () => {
    locked = 6;
    expect(await outcomes(4)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
    expect(tries).toBe(7);
    locked = 2;
    expect(await outcomes(1)).toEqual(['fulfilled']);
    expect(tries).toBe(10);
  });
});

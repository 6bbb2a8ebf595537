import { DataSource } from 'typeorm';
import { AppError } from '../../src/common/errors/app-error.js';
import { loadSettings } from '../../src/load-settings.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { withMariaDb, type TestDatabase } from '../support/databases.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const PATIENCE = 200;

withMariaDb('the database holds the line and says nothing (MariaDB)', () => {
  let database: TestDatabase;
  let wire: TcpProxy;
  let source: DataSource;
  let unit: UnitOfWork;
  let impatient: UnitOfWork;

  const open = (url: string, lockWait?: number) => {
    const settings = loadSettings({
      NODE_ENV: 'test',
      DATABASE_URL: url,
      SECRET_KEY: 'k'.repeat(32),
    });
    return new DataSource(dataSourceOptions(settings.database, [], lockWait)).initialize();
  };

  beforeEach(async () => {
    database = await migratedDatabase('MariaDB');
    const direct = new URL(database.url);
    wire = new TcpProxy({ host: direct.hostname, port: Number(direct.port || 3306) });
    direct.port = `${await wire.mend()}`;
    source = await open(direct.href);
    await source.query('CREATE TABLE notes (id INT PRIMARY KEY, text VARCHAR(20))');
    unit = new UnitOfWork(source);
    impatient = new UnitOfWork(source, PATIENCE);
  });
  afterEach(async () => {
    await source.destroy();
    await wire.cut();
    await database.drop();
  });

  const read = (by = unit) => by.read((manager) => manager.query('SELECT text FROM notes'));
  const write = (text: string, by = unit) =>
    by.write((manager) => manager.query(`INSERT INTO notes VALUES (1, '${text}')`));
  const codes = async (work: Promise<unknown>[]) =>
    new Set(
      (await Promise.allSettled(work)).map((outcome) =>
        outcome.status === 'fulfilled'
          ? 'done'
          : AppError.is(outcome.reason, 'busy') && outcome.reason.params.retryAfter,
      ),
    );

  it('reads, writes, units and those who wait for a connection all end as busy, and it goes on afterwards', async () => {
    await Promise.all(Array.from({ length: 5 }, () => read()));
    wire.freeze();
    const waiting = Array.from({ length: 30 }, (_, index) => {
      if (index % 3 === 0) return read(impatient);
      return index % 3 === 1
        ? write('lost', impatient)
        : impatient.run((manager) => manager.query('SELECT 1'));
    });
    expect(await codes(waiting)).toEqual(new Set([2]));
    wire.thaw();
    await source.query('DELETE FROM notes');
    await write('kept');
    expect(await read()).toEqual([{ text: 'kept' }]);
  });

  it('a unit that was cut short is undone, and leaves no lock', async () => {
    const cut = impatient.run(async (manager) => {
      await manager.query("INSERT INTO notes VALUES (1, 'half')");
      wire.freeze();
      await manager.query("INSERT INTO notes VALUES (2, 'other half')");
    });
    expect(await codes([cut])).toEqual(new Set([2]));
    wire.thaw();
    await write('whole');
    expect(await read()).toEqual([{ text: 'whole' }]);
  });

  it('a lock that another transaction holds is waited for 3 seconds, on every connection', async () => {
    const wait = () =>
      unit.read((manager) =>
        manager.query<[{ wait: string }]>('SELECT @@innodb_lock_wait_timeout AS wait, SLEEP(0.02)'),
      );
    const waits = await Promise.all(Array.from({ length: 5 }, wait));
    expect(waits.map(([row]) => Number(row.wait))).toEqual(Array(5).fill(3));
  });

  it('who waited for a lock in vain is busy, and does not wait again', async () => {
    const hasty = await open(database.url, 0);
    await write('first');
    const holder = source.createQueryRunner();
    await holder.startTransaction();
    await holder.query("UPDATE notes SET text = 'held' WHERE id = 1");
    let tries = 0;
    const work = new UnitOfWork(hasty).run((manager) => {
      tries += 1;
      return manager.query("UPDATE notes SET text = 'second' WHERE id = 1");
    });
    expect(await codes([work])).toEqual(new Set([2]));
    expect(tries).toBe(1);
    await holder.rollbackTransaction();
    await holder.release();
    await hasty.destroy();
  });
});

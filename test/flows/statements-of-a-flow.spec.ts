import { jest } from '@jest/globals';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner.js';
import { EmbeddedWrites } from '../../src/database/embedded/embedded-writes.js';
import { PreparedRead } from '../../src/database/prepared-read.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';

/**
 * SQL statements of each flow at most, BEGIN, COMMIT and the audit's included. To a database that
 * is 50 ms away each of them is 50 ms that a person waits.
 */
const MOST = {
  SQLite: { registration: 20, confirmation: 24, check: 1, 'log-in': 17 },
  MariaDB: { registration: 19, confirmation: 23, check: 1, 'log-in': 16 },
};

onBothDatabases('statements of a flow', (database) => {
  let app: TestApp;
  let asked: string[] = [];

  beforeAll(async () => {
    app = await startApp({ database });
    const Runner = database === 'SQLite' ? BetterSqlite3QueryRunner : MysqlQueryRunner;
    const { query } = Runner.prototype;
    const { run } = EmbeddedWrites.prototype;
    const { first } = PreparedRead.prototype;
    jest.spyOn(Runner.prototype, 'query').mockImplementation(function (
      this: BetterSqlite3QueryRunner,
      ...words: unknown[]
    ) {
      asked.push(String(words[0]));
      return query.apply(this as never, words as never);
    } as never);
    // What the embedded database is asked past TypeORM.
    jest.spyOn(EmbeddedWrites.prototype, 'run').mockImplementation(function (
      this: EmbeddedWrites,
      ...given: Parameters<typeof run>
    ) {
      asked.push('BEGIN', 'COMMIT');
      return run.apply(this, given);
    });
    jest.spyOn(PreparedRead.prototype, 'first').mockImplementation(function (
      this: PreparedRead<object>,
      ...values
    ) {
      if (database === 'SQLite') asked.push('the session check');
      return first.apply(this, values);
    });
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await app.close();
  });

  /** What was asked while a flow ran. Its audit rows count as one insert, however they fell. */
  const of = async (flow: () => Promise<unknown>): Promise<string[]> => {
    await app.audited();
    asked = [];
    expect(await flow()).not.toHaveProperty('error');
    await app.audited();
    const audits = asked.filter((sql) => sql.includes('audit_events')).length;
    const spare = Math.max(0, audits - 1) * (database === 'SQLite' ? 3 : 1);
    return asked.slice(0, asked.length - spare);
  };

  it('stay few', async () => {
    const [person, form] = [new ApiPerson(app.url), somebody()];
    const flows: Record<string, string[]> = {
      registration: await of(() => person.register(form)),
      confirmation: await of(() => person.confirm(app.codeFor(form.phoneNumber))),
      check: await of(() => person.call('GET', '/me')),
    };
    await person.logOut();
    flows['log-in'] = await of(() => person.logIn(form.username, PASSWORD));
    const most: Record<string, number> = MOST[database];
    const above = Object.entries(flows).filter(
      ([flow, statements]) => statements.length > (most[flow] ?? 0),
    );
    expect(above).toEqual([]);
  });
});

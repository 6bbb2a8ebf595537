import { jest } from '@jest/globals';
import { ApiPerson } from '../support/api-person.js';
import { withMariaDb, type TestDatabase } from '../support/databases.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { TcpProxy } from '../support/tcp-proxy.js';

withMariaDb('connections to the database die while nobody uses them (MariaDB)', () => {
  let app: TestApp;
  let database: TestDatabase;
  let wire: TcpProxy;

  beforeAll(async () => {
    jest.spyOn(performance, 'now').mockImplementation(() => watch() + ahead);
    database = await migratedDatabase('MariaDB');
    const direct = new URL(database.url);
    wire = new TcpProxy({ host: direct.hostname, port: Number(direct.port || 3306) });
    direct.port = `${await wire.mend()}`;
    app = await startApp({ use: { ...database, url: direct.href } });
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await app.close();
    await wire.cut();
    await database.drop();
  });

  /** Milliseconds by which the pool's own watch, which nothing else reads, runs ahead. */
  let ahead = 0;
  const watch = performance.now.bind(performance);

  const warm = () =>
    Promise.all(Array.from({ length: 10 }, () => app.db.query('SELECT SLEEP(0.05)')));

  describe.each(['reset', 'silence'] as const)('by %s', (way) => {
    it("nobody's request is lost: not a registration, a log-in, a session check, or many at once", async () => {
      const form = somebody();
      const alice = new PagePerson(app.url);
      const program = new ApiPerson(app.url);
      const dies = async () => {
        // What is written behind the answers uses connections too, and would leave its locks to the
        // server.
        await Promise.all([app.noticesTo(form.phoneNumber), app.audited()]);
        await warm();
        wire.kill(way);
        ahead += 1000;
      };
      await dies();
      expect(await alice.register(form)).toMatchObject({ status: 303 });
      await dies();
      expect(await alice.confirm(app.codeFor(form.phoneNumber))).toMatchObject({ status: 303 });
      await dies();
      expect(await program.logIn(form.username, PASSWORD)).toMatchObject({ status: 201 });
      await dies();
      const many = await Promise.all(Array.from({ length: 30 }, () => program.call('GET', '/me')));
      expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]));
    });
  });
});

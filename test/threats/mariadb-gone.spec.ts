import { ApiPerson } from '../support/api-person.js';
import { withMariaDb, type TestDatabase } from '../support/databases.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { TcpProxy } from '../support/tcp-proxy.js';

withMariaDb('the database goes away and comes back (MariaDB)', () => {
  let app: TestApp;
  let database: TestDatabase;
  let wire: TcpProxy;
  let alice: PagePerson;
  let program: ApiPerson;
  const form = somebody();

  beforeAll(async () => {
    database = await migratedDatabase('MariaDB');
    const direct = new URL(database.url);
    wire = new TcpProxy({ host: direct.hostname, port: Number(direct.port || 3306) });
    const through = new URL(database.url);
    through.port = `${await wire.mend()}`;
    app = await startApp({ use: { ...database, url: through.href } });
    alice = new PagePerson(app.url);
    await alice.register(form);
    await alice.confirm(app.codeFor(form.phoneNumber));
    program = new ApiPerson(app.url);
    await program.logIn(form.username, PASSWORD);
  });
  afterAll(async () => {
    await app.close();
    await wire.cut();
    await database.drop();
  });

  const ready = async () => (await fetch(`${app.url}/health/ready`)).status;

  it('meanwhile every face says busy; a session is neither let through nor taken for a stranger', async () => {
    expect(await ready()).toBe(200);
    await wire.cut();
    const page = await alice.get('/dashboard/');
    expect([page.status, page.location, page.retryAfter]).toEqual([503, null, 2]);
    expect(page.text).not.toContain(form.phoneNumber.slice(-4));
    expect((await program.call('GET', '/me')).body).toMatchObject({ status: 503, code: 'busy' });
    expect((await program.call('GET', '/session')).body).toMatchObject({
      status: 503,
      code: 'busy',
    });
    expect(await program.twin().logIn(form.username, PASSWORD)).toMatchObject({
      status: 503,
      error: 'busy',
    });
    expect(await new PagePerson(app.url).logIn(form.username, PASSWORD)).toMatchObject({
      status: 503,
      error: 'busy',
    });
    expect(await new PagePerson(app.url).register(somebody())).toMatchObject({ status: 503 });
    expect(alice.token()).toBeDefined();
    expect(await ready()).toBe(503);
    expect((await fetch(`${app.url}/health/live`)).status).toBe(200);
    expect((await fetch(app.url)).status).toBe(200);
  });

  it('afterwards it goes on by itself, and nobody has to log in again', async () => {
    await wire.mend();
    expect(await alice.where()).toBe('active');
    expect(await program.where()).toBe('active');
    expect(await ready()).toBe(200);
  });

  it('breaking in the middle of many requests crashes nothing', async () => {
    const requests = Array.from({ length: 40 }, (_, index) =>
      index % 2
        ? program.call('GET', '/me')
        : new ApiPerson(app.url).logIn(form.username, PASSWORD),
    );
    await wire.cut();
    const statuses = new Set((await Promise.all(requests)).map(({ status }) => status));
    expect([...statuses].filter((status) => ![200, 201, 429, 503].includes(status))).toEqual([]);
    await wire.mend();
    expect(await program.where()).toBe('active');
  });
});

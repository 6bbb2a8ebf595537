import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createConnection, type Connection } from 'mysql2/promise';
import type { EntityManager } from 'typeorm';
import { seconds } from '../../src/common/clock.js';
import { ApiPerson } from '../support/api-person.js';
import { withMariaDb } from '../support/databases.js';
import { freeze, startMariaDbServer } from '../support/mariadb-server.mjs';
import { PagePerson } from '../support/page-person.js';
import { PASSWORD, somebody } from '../support/people.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { MYSQL_ERRORS } from '../../src/database/mysql/mysql-errors.js';
import { troubleOf } from '../../src/database/database-errors.js';

withMariaDb('a database server that is ill (MariaDB)', () => {
  let server: { url: string; child: ChildProcess; folder: string };
  let root: Connection;
  let app: TestApp;
  let unit: UnitOfWork;
  const form = somebody();

  beforeAll(async () => {
    server = (await startMariaDbServer())!;
    root = await createConnection(server.url);
    // A user without the right to write to a server that is read-only, as the product's has none.
    await root.query('CREATE DATABASE shop CHARACTER SET utf8mb4');
    await root.query("CREATE USER 'keeper'@'%' IDENTIFIED BY 'secret'");
    await root.query("GRANT ALL ON shop.* TO 'keeper'@'%'");
    const url = new URL(server.url);
    [url.username, url.password, url.pathname] = ['keeper', 'secret', '/shop'];
    app = await startApp({ use: { url: url.href, drop: () => Promise.resolve() } });
    unit = app.app.get(UnitOfWork, { strict: false });
    const person = new PagePerson(app.url);
    await person.register(form);
    await person.confirm(app.codeFor(form.phoneNumber));
  });
  afterAll(async () => {
    server.child.kill('SIGCONT');
    await app.close();
    root.destroy();
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    rmSync(server.folder, { recursive: true, force: true });
  });

  const logIn = () => new ApiPerson(app.url).logIn(form.username, PASSWORD);
  const ready = async () => (await fetch(`${app.url}/health/ready`)).status;
  const trouble = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: unknown) => troubleOf(error)?.kind ?? 'ours',
    );
  const asked = (sql: string) => trouble(unit.read((manager) => manager.query(sql)));

  it('read-only: writes are busy on every face, never a fault of ours, and go on when it is mended', async () => {
    await root.query('SET GLOBAL read_only = 1');
    const registered = await new PagePerson(app.url).register(somebody());
    expect(registered).toMatchObject({ status: 503 });
    expect(await logIn()).toMatchObject({ status: 503, error: 'busy' });
    app.clock.advance(seconds(6));
    expect(await ready()).toBe(503);
    expect(app.logs.join('')).toContain('"msg":"Not ready.","cause":"database_read_only"');
    await root.query('SET GLOBAL read_only = 0');
    expect(await logIn()).toMatchObject({ status: 201 });
    expect(await ready()).toBe(200);
  });

  it('that ends connections which rest for a second (wait_timeout) costs nobody a request', async () => {
    await root.query('SET GLOBAL wait_timeout = 1');
    const ids = await root.query(
      "SELECT id FROM information_schema.processlist WHERE user = 'keeper'",
    );
    for (const { id } of ids[0] as { id: number }[])
      await root.query(`KILL ${id}`).catch(() => undefined);
    const people = await Promise.all(Array.from({ length: 10 }, logIn));
    expect(new Set(people.map(({ status }) => status))).toEqual(new Set([201]));
    // The server's own clock decides.
    await root.query('SELECT SLEEP(2)');
    const left = await root.query(
      "SELECT id FROM information_schema.processlist WHERE user = 'keeper'",
    );
    // By one the instance may just have looked whether the database can be written.
    expect((left[0] as unknown[]).length).toBeLessThanOrEqual(1);
    const answers = await Promise.all(Array.from({ length: 20 }, logIn));
    await root.query('SET GLOBAL wait_timeout = 28800');
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  });

  it('after a failover nobody meets the connections to the old primary', async () => {
    const ids = () =>
      Promise.all(
        Array.from({ length: 10 }, async () => {
          const ask = (manager: EntityManager) =>
            manager.query<[{ id: string }]>('SELECT CONNECTION_ID() AS id, SLEEP(0.05)');
          return (await unit.read(ask))[0].id;
        }),
      );
    // What is opened now can write nothing; what is opened afterwards, as to a new primary, can.
    await root.query('SET GLOBAL tx_read_only = 1');
    // One of them may be gone by itself.
    for (const id of new Set(await ids())) await root.query(`KILL ${id}`).catch(() => undefined);
    const old = new Set(await ids());
    await root.query('SET GLOBAL tx_read_only = 0');
    const answers = await Promise.all(Array.from({ length: 20 }, logIn));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect((await ids()).filter((id) => old.has(id))).toEqual([]);
  });

  it('statements that it ends, a full table, a user who has all connections that are granted', async () => {
    expect(await asked('SET STATEMENT max_statement_time = 0.01 FOR SELECT SLEEP(1)')).toBe(
      'interrupted',
    );
    const rows = Array(200).fill("('x')").join(',');
    const fill = async (manager: EntityManager) => {
      await manager.query('SET max_heap_table_size = 16384');
      await manager.query('CREATE TEMPORARY TABLE tiny (text CHAR(255)) ENGINE = MEMORY');
      await manager.query(`INSERT INTO tiny VALUES ${rows}`);
    };
    expect(await trouble(unit.write(fill))).toBe('full');
    await root.query("ALTER USER 'keeper'@'%' WITH MAX_USER_CONNECTIONS 1");
    const crowd = await Promise.all(Array.from({ length: 10 }, () => asked('SELECT SLEEP(0.1)')));
    await root.query("ALTER USER 'keeper'@'%' WITH MAX_USER_CONNECTIONS 0");
    expect(crowd.filter((kind) => kind !== 'none' && kind !== 'exhausted')).toEqual([]);
  });

  it("every error that is the machine's, as the server says it, is busy with its kind", async () => {
    for (const [kind, codes] of Object.entries(MYSQL_ERRORS)) {
      if (kind === 'constraint') continue;
      for (const number of Object.keys(codes)) {
        expect([
          number,
          await asked(`SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = ${number}`),
        ]).toEqual([number, kind]);
      }
    }
  });

  it('frozen: busy in time and not ready; thawed, it goes on', async () => {
    await freeze(server.child);
    expect(await logIn()).toMatchObject({ status: 503, error: 'busy' });
    expect(await ready()).toBe(503);
    server.child.kill('SIGCONT');
    expect(await logIn()).toMatchObject({ status: 201 });
    expect(await ready()).toBe(200);
  });
});

import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { SentMessagesRepository } from '../../src/messaging/sent-messages.repository.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases, type TestDatabase } from '../support/databases.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { PagePerson } from '../support/page-person.js';
import { somebody } from '../support/people.js';
import type { Person, Registration } from '../support/person.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';

onBothDatabases('a registration that fails when its code has gone out already', (database) => {
  let app: WatchedApp;
  let opened: TestDatabase;
  let wire: TcpProxy | undefined;

  beforeAll(async () => {
    opened = await migratedDatabase(database);
    const url = new URL(opened.url);
    if (database === 'MariaDB') {
      wire = new TcpProxy({ host: url.hostname, port: Number(url.port || 3306) });
      url.port = `${await wire.mend()}`;
    }
    app = await startWatched({ use: { ...opened, url: wire ? url.href : opened.url } });
  });
  afterEach(() => app.provider.forget());
  afterAll(async () => {
    await app.close();
    await wire?.cut();
    await opened.drop();
  });

  const faces: [Person['face'], () => Person][] = [
    ['pages', () => new PagePerson(app.url)],
    ['api', () => new ApiPerson(app.url)],
  ];

  /** The same person once more, who typed the same. */
  async function goesOn(person: Person, form: Registration): Promise<void> {
    const code = app.codeFor(form.phoneNumber);
    expect(await person.register(form)).not.toHaveProperty('error');
    expect([app.sent(form.phoneNumber), app.codeFor(form.phoneNumber)]).toEqual([1, code]);
    expect(await person.confirm(code)).not.toHaveProperty('error');
    expect(await person.where()).toBe('active');
  }

  describe.each(faces)('by %s', (_face, visitor) => {
    it.each([
      ['a full disk', 'SQLITE_FULL', 503],
      ['a statement that the server ended', 'ER_QUERY_INTERRUPTED', 503],
      ['a fault of ours', 'NO_SUCH_CODE', 500],
    ])('is gone on with after %s', async (_fault, code, status) => {
      const form = somebody();
      jest
        .spyOn(SentMessagesRepository.prototype, 'noteAnswer')
        .mockRejectedValueOnce(Object.assign(new Error('broken'), { code }));
      expect(await visitor().register(form)).toMatchObject({ status });
      const row = await app.db.getRepository(User).findOneByOrFail({ username: form.username });
      await goesOn(visitor(), form);
      expect(
        await app.db.getRepository(User).findOneByOrFail({ username: form.username }),
      ).toMatchObject({ id: row.id });
    });

    it('is undone where nothing has gone out', async () => {
      const form = somebody();
      jest
        .spyOn(SentMessagesRepository.prototype, 'open')
        .mockRejectedValueOnce(Object.assign(new Error('full'), { code: 'SQLITE_FULL' }));
      expect(await visitor().register(form)).toMatchObject({ status: 503 });
      expect(await app.db.getRepository(User).existsBy({ username: form.username })).toBe(false);
      expect(await visitor().register(form)).not.toHaveProperty('error');
      expect(app.sent(form.phoneNumber)).toBe(1);
    });
  });

  it('is gone on with after the database was out of reach from the very moment on', async () => {
    const forms = faces.map(() => somebody());
    const hurt = hurting();
    app.provider.beforeStart = () => hurt.begin(faces.length);
    const answers = await Promise.all(
      faces.map(([, visitor], index) => visitor().register(forms[index]!)),
    );
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    await hurt.end();
    for (const [index, [, visitor]] of faces.entries()) await goesOn(visitor(), forms[index]!);
  });

  /** Breaks the database once so many have arrived: cut off, or locked by another process. */
  function hurting() {
    let mend: () => Promise<unknown> | undefined = () => undefined;
    let arrived = 0;
    let isBroken = (): void => undefined;
    const broken = new Promise<void>((resolve) => (isBroken = resolve));
    const begin = async (wanted: number) => {
      arrived += 1;
      if (arrived === wanted) {
        mend = await (wire ? wire.cut().then(() => () => wire?.mend()) : lock());
        isBroken();
      }
      await broken;
    };
    return { begin, end: () => mend() };
  }

  async function lock() {
    const file = opened.url.slice('sqlite:'.length);
    const words = [path.resolve('test/support/hold-lock.mjs'), file];
    const holder = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    return async () => {
      holder.stdin.write('go\n');
      await once(holder, 'exit');
    };
  }
});

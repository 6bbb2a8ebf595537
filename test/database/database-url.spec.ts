import { createServer, type AddressInfo, type Socket } from 'node:net';
import { DataSource } from 'typeorm';
import { databaseUrlProblem, mysqlAddress } from '../../src/config/database-url.js';
import { loadSettings } from '../../src/load-settings.js';
import { SettingsError } from '../../src/config/settings-error.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { openDataSource } from '../../src/database/open-data-source.js';
import { endingOf } from '../../src/cli/sentence-of.js';
import { freshDatabase, withMariaDb } from '../support/databases.js';

const SECRET_KEY = 'f6dVnq0s7XbT2mLr9KwzYh4EaJ1uGc3P';

const open = async (url: string) => {
  const { database } = loadSettings({ NODE_ENV: 'test', DATABASE_URL: url, SECRET_KEY });
  await (await openDataSource(new DataSource(dataSourceOptions(database, [])))).destroy();
};
/** How the process ends that was given this address. */
const ending = (url: string) => open(url).then(() => 'opened' as const, endingOf);
const refused = (sentence: RegExp) => ({
  status: 78,
  lines: [expect.stringMatching(sentence) as string],
});

describe('DATABASE_URL of a MySQL server', () => {
  it.each([
    'mysql://u:100%@db:3306/x',
    'mysql://u:a%zz@db/x',
    'mysql://u:a/b@db/x',
    'mysql://u:a#b@db/x',
    'mysql://u:a?b@db/x',
    'mysql://u%:a@db/x',
    'mysql://u:a@db/x/y',
    'mysql://u:a@db:99999/x',
  ])('%s: a named sentence, and not the password', (url) => {
    const problem = databaseUrlProblem(url);
    expect(problem).toMatch(/^DATABASE_URL: /);
    expect(problem).not.toContain('100%');
    expect(() => loadSettings({ NODE_ENV: 'test', DATABASE_URL: url, SECRET_KEY })).toThrow(
      SettingsError,
    );
  });

  it('takes what is encoded, an @ in the password, an address of IPv6, and 3306 where no port is named', () => {
    const password = 'a%b/c#d?e@f:g &é';
    const url = `mysql://me%40home:${encodeURIComponent(password)}@[::1]/data`;
    expect(databaseUrlProblem(url)).toBeUndefined();
    expect(mysqlAddress(url)).toEqual({
      host: '::1',
      port: 3306,
      username: 'me@home',
      password,
      database: 'data',
    });
    expect(mysqlAddress('mysql://me:p@ss@db:3307/data')).toMatchObject({
      host: 'db',
      port: 3307,
      password: 'p@ss',
    });
  });

  it('one that names no database', async () => {
    expect(await ending('mysql://u:s3cret@127.0.0.1:1')).toEqual(
      refused(/^DATABASE_URL: names no database/),
    );
  });

  it('an unknown host, and one where nothing listens', async () => {
    expect(await ending('mysql://u:s3cret@nowhere.invalid/x')).toEqual(
      refused(/^DATABASE_URL: no host named nowhere\.invalid/),
    );
    expect(await ending('mysql://u:s3cret@127.0.0.1:1/x')).toEqual(
      refused(/^DATABASE_URL: nothing listens at 127\.0\.0\.1:1/),
    );
  });

  describe('that is none', () => {
    const sockets: Socket[] = [];
    const banners: [string, Buffer | string | null][] = [
      ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n'],
      ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
      ['silence', ''],
      ['an end', null],
      ['rubbish', Buffer.from([1, 0, 0, 0, 10])],
      ['an error of its own', Buffer.from([3, 0, 0, 0, 255, 1, 2])],
    ];
    const server = (banner: Buffer | string | null) =>
      new Promise<{ port: number; close: () => void }>((resolve) => {
        const listener = createServer((socket) => {
          sockets.push(socket.on('error', () => undefined));
          if (banner === null) socket.end();
          else socket.write(banner);
        }).listen(0, '127.0.0.1', () => {
          resolve({
            port: (listener.address() as AddressInfo).port,
            close: () => void listener.close(),
          });
        });
      });
    afterAll(() => sockets.forEach((socket) => socket.destroy()));

    it('is told apart, whatever it says', async () => {
      await Promise.all(
        banners.map(async ([name, banner]) => {
          const { port, close } = await server(banner);
          const end = await ending(`mysql://u:s3cret@127.0.0.1:${port}/x`);
          close();
          expect([name, end]).toEqual([
            name,
            refused(/^DATABASE_URL: what answers at 127\.0\.0\.1:\d+ is no MySQL or MariaDB/),
          ]);
        }),
      );
    });
  });

  withMariaDb('that does not know us', () => {
    it('a wrong password, an unknown user, a database that is not there', async () => {
      const database = await freshDatabase('MariaDB');
      const url = new URL(database.url);
      [url.username, url.password] = ['nobody-here', 's3cret'];
      const end = await ending(url.href);
      expect(end).toEqual(
        refused(
          /^DATABASE_URL: the server at .+ does not let the user nobody-here in \(ER_ACCESS_DENIED/,
        ),
      );
      expect(JSON.stringify(end)).not.toContain('s3cret');
      await database.drop();
      expect(await ending(database.url)).toEqual(
        refused(/^DATABASE_URL: the server at .+ has no database named ringback_test_/),
      );
    });
  });
});

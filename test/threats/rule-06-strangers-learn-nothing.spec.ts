import { jest } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner.js';
import { minutes } from '../../src/common/clock.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Budgets } from '../../src/rate-limit/budgets.js';
import { HashQueue } from '../../src/users/passwords/hash-queue.js';
import { User } from '../../src/users/user.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD, somebody } from '../support/people.js';
import type { Registration } from '../support/person.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeAccount, wrong } from '../support/ways.js';

onBothDatabases('rule 6: known and unknown look the same to a stranger', (database) => {
  let app: TestApp;
  /** Every slow hash waits for its turn there. */
  let hashes: jest.SpiedFunction<HashQueue['run']>;
  const names: Record<string, string> = {};

  beforeAll(async () => {
    app = await startApp({ database });
    hashes = jest.spyOn(HashQueue.prototype, 'run');
    names['unknown'] = 'nobody-at-all';
    names['unknown and odd'] = 'nöbody \u0000 at all, ever';
    names['known'] = (await makeAccount(app)).username;
    names['in capitals'] = (await makeAccount(app)).username.toUpperCase();
    names['unverified'] = (await makeAccount(app, { phoneNumberVerified: false })).username;
    names['inactive'] = (await makeAccount(app, { isActive: false })).username;
    names['without a password'] = (await makeAccount(app, { password: '!none' })).username;
    names['staff'] = (await makeAccount(app, { isStaff: true })).username;
  });
  afterAll(async () => {
    hashes.mockRestore();
    await app.close();
  });

  const ask = (path: string, body: string, type: string, more: Record<string, string> = {}) =>
    fetch(`${app.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': type, 'sec-fetch-site': 'same-origin', ...more },
      body,
    });
  const logIn = {
    api: (form: object, headers?: Record<string, string>) =>
      ask('/api/v1/session', JSON.stringify(form), 'application/json', headers),
    pages: (form: Record<string, string>) =>
      ask('/login/', new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded'),
  };

  for (const face of ['api', 'pages'] as const) {
    it(`a wrong password answers alike whoever is meant, for one hash each (${face})`, async () => {
      const seen = new Set<string>();
      for (const username of Object.values(names)) {
        hashes.mockClear();
        seen.add(
          await looksOf(await logIn[face]({ username, password: 'not the right one' }), username),
        );
        expect(hashes).toHaveBeenCalledTimes(1);
      }
      expect([...seen]).toHaveLength(1);
      expect([...seen][0]).toContain('Sorry, that login was invalid. Please try again.');
    });

    it(`the right password of an inactive account looks like a wrong one (${face})`, async () => {
      const username = names['inactive'] ?? '';
      const right = await looksOf(await logIn[face]({ username, password: PASSWORD }), username);
      expect(right).toBe(
        await looksOf(await logIn[face]({ username, password: 'not the right one' }), username),
      );
    });
  }

  it('a device of another account changes neither the answer nor the work, whoever is meant', async () => {
    const owner = new ApiPerson(app.url);
    const form = somebody();
    await owner.register(form);
    await owner.confirm(app.codeFor(form.phoneNumber));
    const works = [
      jest.spyOn(Budgets.prototype, 'take'),
      jest.spyOn(UnitOfWork.prototype, 'read'),
      hashes,
    ];
    const seen = new Set<string>();
    for (const device of ['', owner.device()]) {
      const asked = new Set<string>();
      for (const username of Object.values(names)) {
        works.forEach((work) => work.mockClear());
        const answer = await logIn.api(
          { username, password: 'not the right one' },
          { 'ringback-device': device },
        );
        seen.add(await looksOf(answer, username));
        asked.add(works.map((work) => work.mock.calls.length).join());
      }
      expect([...asked]).toHaveLength(1);
    }
    works.slice(0, 2).forEach((work) => work.mockRestore());
    expect([...seen]).toHaveLength(1);
  });

  it('one account is read whoever is meant: to build a row takes time', async () => {
    const Runner = database === 'SQLite' ? BetterSqlite3QueryRunner : MysqlQueryRunner;
    const query = Runner.prototype.query;
    let read = 0;
    const asked = jest.spyOn(Runner.prototype, 'query');
    asked.mockImplementation(async function (this: QueryRunner, ...words: unknown[]) {
      const found: unknown = await query.apply(this as never, words as never);
      if (/^SELECT .* FROM ["`]users["`]/.test(String(words[0])))
        read += (found as { records: unknown[] }).records.length;
      return found;
    } as never);
    for (const username of Object.values(names)) {
      read = 0;
      await logIn.api({ username, password: 'not the right one' });
      expect({ username, read }).toEqual({ username, read: 1 });
    }
    asked.mockRestore();
  });

  it('locked names answer alike, known or not, inactive and asked with the right password', async () => {
    const looks = async (username: string, password = 'not the right one') => {
      for (let tries = 0; tries < 10; tries += 1) await logIn.api({ username, password });
      return looksOf(await logIn.api({ username, password: PASSWORD }), username);
    };
    const [known, unknown] = [
      await looks((await makeAccount(app)).username),
      await looks('nobody-either'),
    ];
    expect(known).toBe(unknown);
    expect(await looks((await makeAccount(app, { isActive: false })).username, PASSWORD)).toBe(
      known,
    );
    expect(known).toContain('too_many_attempts');
    app.clock.advance(minutes(2));
  });

  it('a number that somebody else has proven registers like any other, until the right code', async () => {
    const taken = await makeAccount(app);
    const register = async (form: Registration) => {
      const answer = await ask(
        '/api/v1/registration',
        JSON.stringify({
          username: form.username,
          password: form.password,
          phone_number: form.phoneNumber,
        }),
        'application/json',
      );
      const { token } = (await answer.clone().json()) as { token: string };
      return { token, looks: await looksOf(answer, form.username) };
    };
    const [free, used] = [somebody(), { ...somebody(), phoneNumber: taken.phoneNumber }];
    const [ofFree, ofUsed] = [await register(free), await register(used)];
    const hint = (phoneNumber: string) => phoneNumber.slice(-4);
    expect(ofUsed.looks.replace(hint(used.phoneNumber), '')).toBe(
      ofFree.looks.replace(hint(free.phoneNumber), ''),
    );

    const confirm = async (token: string, code: string) =>
      (
        await fetch(`${app.url}/api/v1/session/confirmation`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ code }),
        })
      ).json() as Promise<{ code?: string }>;
    const code = app.codeFor(used.phoneNumber);
    expect(await confirm(ofUsed.token, wrong(code))).toMatchObject({ code: 'wrong_code' });
    expect(await confirm(ofUsed.token, code)).toMatchObject({ code: 'phone_number_taken' });
    expect(await confirm(ofUsed.token, code)).toMatchObject({ code: 'unauthenticated' });
    expect(await app.db.getRepository(User).countBy({ username: used.username })).toBe(0);
  });
});

/** Status, headers and body, without what differs between any two answers. */
async function looksOf(answer: Response, username: string): Promise<string> {
  const headers = [...answer.headers]
    .filter(([name]) => !['date', 'x-request-id', 'set-cookie'].includes(name))
    .map(([name, value]) => `${name}: ${value}`);
  const body = (await answer.text())
    .replaceAll(answer.headers.get('x-request-id') ?? '', '')
    .replace(/"token":"[\w-]{43}"/, '');
  return [
    answer.status,
    ...headers.filter((line) => !line.startsWith('content-length')),
    withoutName(body, username),
  ].join('\n');
}

const withoutName = (text: string, username: string) =>
  text.replaceAll(username, '').replaceAll(username.replace(/\u0000/g, '\ufffd'), '');

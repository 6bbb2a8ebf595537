import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PagePerson } from '../support/page-person.js';
import { somebody } from '../support/people.js';
import type { Person } from '../support/person.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';
import { wrong } from '../support/ways.js';

const PASSWORDS = [
  'first Secret phrase 7391',
  'second Secret phrase 7391',
  'mistyped Secret phrase 7391',
] as const;
/** The only columns where a full number belongs. */
const NUMBERS_LIVE_IN = [
  'users.phone_number',
  'users.verified_phone_number',
  'challenges.phone_number',
];

onBothDatabases(
  'rule 9: no secret, code, token or full number in a log, an error, an event or a table',
  (database) => {
    let app: WatchedApp;
    const secrets: string[] = [...PASSWORDS];
    const numbers: string[] = [];
    const strangers: string[] = [];

    beforeAll(async () => {
      app = await startWatched({ database });
      await live(new ApiPerson(app.url));
      await live(new PagePerson(app.url));
      await breakThings();
      await app.audited();
    });
    afterAll(() => app.close());

    /**
     * A whole life: register, mistype, confirm, log out and in, two-factor on and off, another
     * password.
     */
    async function live(person: Person) {
      const form = { ...somebody(), password: PASSWORDS[0], fullName: 'Zoë' };
      numbers.push(form.phoneNumber);
      const remember = () => secrets.push(app.codeFor(form.phoneNumber), person.token() ?? '');
      await person.register(form);
      remember();
      await person.confirm(wrong(app.codeFor(form.phoneNumber)));
      await person.confirm(app.codeFor(form.phoneNumber));
      remember();
      await person.setTwoFactor(true);
      await person.logOut();
      await person.logIn(form.username, PASSWORDS[2]);
      await person.logIn(PASSWORDS[2], form.username);
      app.clock.advance(400_000);
      await person.logIn(form.username, PASSWORDS[0]);
      remember();
      await person.confirm(app.codeFor(form.phoneNumber));
      remember();
      await person.changePassword(PASSWORDS[2], PASSWORDS[1]);
      await person.changePassword(PASSWORDS[0], PASSWORDS[1]);
      remember();
      app.clock.advance(400_000);
      await person.setTwoFactor(false);
      await person.confirm(app.codeFor(form.phoneNumber));
      await person.setTwoFactor(false);
      remember();
    }

    async function breakThings() {
      const number = numbers[0] ?? '';
      app.provider.beforeStart = () =>
        Promise.reject(
          new Error(
            `first line\nthe provider said: no code ${secrets[3]} for ${number}, key ${PASSWORDS[0]}`,
          ),
        );
      const form = { username: 'broken', password: PASSWORDS[0], phone_number: '+14155552671' };
      numbers.push(form.phone_number);
      const send = async (path: string, body: string, type = 'application/json') => {
        const answer = await fetch(`${app.url}${path}`, {
          method: 'POST',
          redirect: 'manual',
          headers: { 'content-type': type, authorization: `Bearer ${secrets[4]}` },
          body,
        });
        strangers.push(`${JSON.stringify([...answer.headers])}${await answer.text()}`);
        return answer.status;
      };
      expect(await send('/api/v1/registration', JSON.stringify(form))).toBe(500);
      await send(
        '/api/v1/registration',
        `{"password":"${PASSWORDS[0]}","phone_number":"${number}",}`,
      );
      await send('/api/v1/session', `{"username":"a","password":["${PASSWORDS[0]}"]}`);
      await send(
        `/api/v1/session?password=${encodeURIComponent(PASSWORDS[0])}&phone=${encodeURIComponent(number)}`,
        '{}',
      );
      await send(
        '/login/',
        `password=${PASSWORDS[0]}&password=${PASSWORDS[1]}`,
        'application/x-www-form-urlencoded',
      );
      await send('/register/', JSON.stringify(form), 'text/plain');
      for (const path of [
        `/login/${encodeURIComponent(PASSWORDS[0])}`,
        `/api/v1/${secrets[4]}`,
        `/%${secrets[3]}`,
      ]) {
        await (await fetch(`${app.url}${path}`)).text();
      }
    }

    const findings = (text: string, words: readonly string[]) =>
      words.filter((word) => word.length > 5 && text.includes(word));
    const national = () => numbers.map((number) => number.slice(2));

    it('the run itself was worth looking at', () => {
      expect(
        new Set(secrets.filter((secret) => /^\d{6}$/.test(secret))).size,
      ).toBeGreaterThanOrEqual(6);
      expect(secrets.filter((secret) => secret.length === 43).length).toBeGreaterThanOrEqual(8);
      expect(app.logs.join('')).toContain('"status":500');
    });

    it('no log line holds any', () => {
      // Random ids may hold six digits of a code by chance.
      const logs = app.logs
        .join('\n')
        .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '')
        .replace(/"time":"[^"]+"/g, '');
      expect(findings(logs, [...secrets, ...numbers, ...national()])).toEqual([]);
    });

    it('no answer to anybody else holds any', () => {
      expect(
        findings(strangers.join('\n').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ''), [
          ...secrets,
          ...numbers,
          ...national(),
        ]),
      ).toEqual([]);
    });

    it('no table holds any, but numbers where they live', async () => {
      const found: string[] = [];
      for (const { tableName } of app.db.entityMetadatas) {
        for (const row of await app.db.query<Record<string, unknown>[]>(
          `SELECT * FROM ${tableName === 'groups' ? '`groups`' : tableName}`,
        )) {
          for (const [column, value] of Object.entries(row)) {
            const place = `${tableName}.${column}`;
            const words = NUMBERS_LIVE_IN.includes(place)
              ? secrets
              : [...secrets, ...numbers, ...national()];
            // Six digits also turn up in hashes and nonces; a code would stand there by itself.
            const text = JSON.stringify(value);
            found.push(
              ...findings(
                text,
                words.filter(
                  (word) =>
                    word.length !== 6 ||
                    new RegExp(`(?<![0-9a-zA-Z_-])${word}(?![0-9a-zA-Z_-])`).test(text),
                ),
              ).map(() => place),
            );
          }
        }
      }
      expect(found).toEqual([]);
    });
  },
);

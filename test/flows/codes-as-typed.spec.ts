import { minutes } from '../../src/common/clock.js';
import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PagePerson } from '../support/page-person.js';
import { somebody } from '../support/people.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';
import { wrong } from '../support/ways.js';

const WRITTEN: readonly [string, (code: string) => string][] = [
  ['with blanks', (code) => ` ${code.slice(0, 3)} ${code.slice(3)}\n`],
  [
    'in Persian digits',
    (code) => code.replace(/\d/g, (digit) => String.fromCodePoint(0x6f0 + Number(digit))),
  ],
  ['as G-123456', (code) => `G-${code}`],
  ['as a whole message', (code) => `Your Ringback code is ${code}. It expires in 10 minutes.`],
  ['twice, as iOS fills it in', (code) => code + code],
];

const NO_GUESS: readonly [string, (code: string) => string, string][] = [
  ['nothing', () => '', 'This field is required.'],
  ['blanks', () => ' \u00a0\u200b ', 'This field is required.'],
  [
    'five digits',
    (code) => code.slice(1),
    'Enter the 6 digits of the code. This did not count as a try.',
  ],
  [
    'seven digits',
    (code) => `${code}1`,
    'Enter the 6 digits of the code. This did not count as a try.',
  ],
  ['letters', () => 'no code', 'Enter the 6 digits of the code. This did not count as a try.'],
  [
    'two codes',
    (code) => `one of ${code} and ${wrong(code)}`,
    'This could be more than one code. Enter the 6 digits of yours alone.',
  ],
  [
    'a long text',
    (code) => `${'x'.repeat(600)} ${code}`,
    'That is too long. Enter the 6 digits of the code alone.',
  ],
];

onBothDatabases('a code as it is typed', (database) => {
  let app: WatchedApp;
  beforeAll(async () => {
    app = await startWatched({ database });
  });
  beforeEach(() => app.provider.forget());
  afterAll(() => app.close());

  describe.each([
    ['pages', PagePerson],
    ['API', ApiPerson],
  ] as const)('by %s', (_face, Person) => {
    const newcomer = async () => {
      const person = new Person(app.url);
      const form = somebody();
      await person.register(form);
      return { person, form, code: app.codeFor(form.phoneNumber) };
    };

    it.each(WRITTEN)('is read %s', async (_how, write) => {
      const { person, code } = await newcomer();
      expect(await person.confirm(write(code))).not.toHaveProperty('error');
      expect(app.provider.compared).toEqual([code]);
    });

    it.each(NO_GUESS)('%s: is no guess, and costs nothing', async (_what, write, sentence) => {
      const { person, form, code } = await newcomer();
      const counted = async () => {
        await app.audited();
        const events = await app.db.query<unknown[]>(
          "SELECT id FROM audit_events WHERE name LIKE 'code.%'",
        );
        return {
          events,
          budgets: await app.db.query<unknown[]>('SELECT * FROM budgets ORDER BY 1, 2'),
        };
      };
      const before = await counted();
      const refused = await person.confirm(write(code));
      expect(refused).toMatchObject({ status: 422, error: 'validation_failed' });
      expect(refused.fields?.['code']).toContain(sentence);
      const { phoneNumber } = form;
      expect(await app.db.getRepository(Challenge).findOneByOrFail({ phoneNumber })).toMatchObject({
        attemptsLeft: 5,
      });
      expect(await counted()).toEqual(before);
      expect(app.provider.compared).toEqual([]);
      expect(await person.confirm(code)).not.toHaveProperty('error');
    });

    it('says that it has expired, and after another one was sent what became of it', async () => {
      const { person, form, code } = await newcomer();
      app.clock.advance(minutes(7));
      await person.resend();
      app.clock.advance(minutes(3));
      expect(await saidTo(person, code)).toEqual([
        'no_pending_confirmation',
        'This code has expired. Ask for a new one.',
      ]);
      expect(await saidTo(person, 'no code')).toEqual([
        'no_pending_confirmation',
        'This code has expired. Ask for a new one.',
      ]);
      await person.resend();
      expect(await saidTo(person, code)).toEqual([
        'wrong_code',
        'Verification code is incorrect: it came with an earlier message, and has expired. Enter the code of the newest message.',
      ]);
      expect(await person.confirm(app.codeFor(form.phoneNumber))).not.toHaveProperty('error');
    });

    it('says so where its session has expired with it', async () => {
      const { person, code } = await newcomer();
      app.clock.advance(minutes(10));
      if (person instanceof ApiPerson) {
        const { status, body } = await person.call('POST', '/session/confirmation', { code });
        expect([status, body['code']]).toEqual([401, 'unauthenticated']);
        expect(body['detail']).toBe(
          'The code has expired, and its session with it. Log in again for a new one.',
        );
      } else {
        expect(await person.post('/verify/', { one_time_password: code })).toMatchObject({
          status: 303,
          location: '/login/',
        });
        const { text } = await person.get('/login/');
        expect(text).toContain(
          'The code has expired. Your session has ended. Please log in again.',
        );
      }
      const stranger = new Person(app.url);
      expect(await stranger.confirm(code)).toMatchObject({ error: 'unauthenticated' });
    });

    it('says that it was replaced', async () => {
      const { person, form, code } = await newcomer();
      app.clock.advance(minutes(8) + 1);
      await person.resend();
      expect(app.codeFor(form.phoneNumber)).not.toBe(code);
      expect((await saidTo(person, code))[1]).toContain(
        'it came with an earlier message, and was replaced.',
      );
      expect((await saidTo(person, wrong(code)))[1]).toMatch(
        /^Verification code is incorrect( [234] tries left\.)?$/,
      );
    });

    it('says that it was used: alone, and where another one is asked for', async () => {
      const { person, form, code } = await newcomer();
      await person.confirm(code);
      if (person instanceof ApiPerson)
        expect(await saidTo(person, code)).toEqual([
          'no_pending_confirmation',
          'This code was used already. Nothing is left to confirm with it.',
        ]);
      else
        expect((await dashboardAfter(person, code)).text).toContain('That code was used already.');
      app.clock.advance(minutes(6));
      await person.setTwoFactor(true);
      expect((await saidTo(person, code))[1]).toContain(
        'it came with an earlier message, and was used already.',
      );
      app.clock.advance(minutes(11));
      if (person instanceof PagePerson)
        expect((await dashboardAfter(person, app.codeFor(form.phoneNumber))).text).toContain(
          'That code has expired',
        );
    });

    it('says that it was withdrawn when the account changed', async () => {
      const { person, form, code } = await newcomer();
      await app.db
        .getRepository(Challenge)
        .update({ phoneNumber: form.phoneNumber }, { canceledAt: app.clock.now() });
      expect((await saidTo(person, code))[1]).toContain('This code was withdrawn');
    });
  });

  it('names the reason to programs in `errors`, and none where there is nothing to confirm', async () => {
    const person = new ApiPerson(app.url);
    const form = somebody();
    await person.register(form);
    app.clock.advance(minutes(7));
    await person.resend();
    app.clock.advance(minutes(3));
    const expired = await person.call('POST', '/session/confirmation', { code: '123456' });
    expect(expired.body).toMatchObject({
      code: 'no_pending_confirmation',
      detail: 'This code has expired. Ask for a new one.',
      errors: [
        { pointer: '/code', code: 'expired', detail: 'This code has expired. Ask for a new one.' },
      ],
    });
    await app.db.query('DELETE FROM challenges');
    const nothing = await person.call('POST', '/session/confirmation', { code: '123456' });
    expect([nothing.body['code'], nothing.body['detail']]).toEqual([
      'no_pending_confirmation',
      'There is nothing to confirm. Ask for a new code.',
    ]);
    expect(nothing.body).not.toHaveProperty('errors');
  });

  const dashboardAfter = async (person: PagePerson, code: string) => {
    expect(await person.post('/verify/', { one_time_password: code })).toMatchObject({
      status: 303,
      location: '/dashboard/',
    });
    return person.get('/dashboard/');
  };

  async function saidTo(
    person: ApiPerson | PagePerson,
    code: string,
  ): Promise<[string | undefined, string]> {
    if (person instanceof ApiPerson) {
      const { body } = await person.call('POST', '/session/confirmation', { code });
      return [String(body['code']), String(body['detail'])];
    }
    const { error, fields } = await person.confirm(code);
    const { errors } = await person.post('/verify/', { one_time_password: code });
    return [error, (fields?.['code'] ?? errors[0] ?? '').replace(/ \d tries left\.$/, '')];
  }
});

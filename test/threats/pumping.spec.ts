import { LOCAL_CLIENT } from '../../src/common/net/client-info.js';
import { days, hours, minutes } from '../../src/common/clock.js';
import { Conversions } from '../../src/messaging/limits/conversions.js';
import { User } from '../../src/users/user.entity.js';
import type { VerificationProvider } from '../../src/phone-verification/providers/verification-provider.js';
import { ApiPerson } from '../support/api-person.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD, somebody } from '../support/people.js';
import { makeTwoFactorAccount } from '../support/two-factor-account.js';
import { makeAccount } from '../support/ways.js';
import { decisions, open, register } from '../support/pumping.js';
import { startWatched, type WatchedApp } from '../support/watched-provider.js';

/** Numbers of one country that share no block. */
const FIJI = Array.from({ length: 60 }, (_, at) => `+679${7_010_000 + at * 10_000}`).filter(
  (number) => number < '+6799',
);
onBothDatabases('pumping messages at our cost', (database) => {
  let app: WatchedApp;
  beforeAll(async () => {
    app = await startWatched({
      database,
      environment: {
        ...open,
        PREFIX_LIMITS: '+4479=2;+4478=0',
        DENIED_COUNTRIES: 'AF',
        DAILY_SPEND: '4',
        DAILY_SPEND_REGISTRATIONS: '3',
      },
    });
  });
  beforeEach(() => {
    app.provider.forget();
    app.clock.advance(days(15));
  });
  afterAll(() => app.close());

  it('ends at what the operator allows to a beginning of numbers', async () => {
    const seen = [];
    for (const last of [1, 2, 3]) seen.push((await register(app, `+44791112345${last}`)).notice);
    expect(seen).toEqual([null, null, 'too_many_requests']);
    expect(app.provider.started).toHaveLength(2);
    expect((await decisions(app)).at(-1)).toMatchObject({
      limit: 'operator-prefix-day',
      subject: '+4479',
      purpose: 'register',
      held: true,
      count: 1,
    });
  });

  const told = async () => {
    await app.audited();
    const sql = "SELECT details FROM audit_events WHERE name = 'limit.low-conversion' ORDER BY id";
    const rows = await app.db.query<{ details: string }[]>(sql);
    return rows.map(({ details }) => (JSON.parse(details) as { region: string }).region);
  };

  it.each([
    ['a denied country', '+93701234567'],
    ['a denied beginning', '+447811123456'],
  ])('never begins in %s', async (_, number) => {
    const { outcome } = await register(app, number);
    expect(outcome).toMatchObject({ status: 422, error: 'validation_failed' });
    expect(app.provider.started).toHaveLength(0);
  });

  it.each([
    ['a denied country', '+93701234567'],
    ['a denied beginning', '+447811123456'],
  ])(
    'does not begin in %s with an account that is older than the setting either; a proven number goes on',
    async (_, number) => {
      const { username } = await makeAccount(app, {
        phoneNumberVerified: false,
        registrationExpiresAt: null,
      });
      const users = app.db.getRepository(User);
      await users.update({ username }, { phoneNumber: number });
      const person = new ApiPerson(app.url);
      await person.logIn(username, PASSWORD);
      expect(await person.resend()).toMatchObject({ status: 422, error: 'validation_failed' });
      expect(app.provider.started).toHaveLength(0);
      const verified = {
        phoneNumberVerified: true,
        verifiedPhoneNumber: number,
        twoFactorAuth: true,
      };
      await users.update({ username }, verified);
      await new ApiPerson(app.url).logIn(username, PASSWORD);
      expect(app.provider.started).toHaveLength(1);
    },
  );

  it('ends when the money of registrations is spent, and log-ins go on', async () => {
    const { username } = await makeTwoFactorAccount(app);
    const seen = [];
    // 0.12 each of 3.00.
    for (const number of FIJI.slice(0, 27)) seen.push((await register(app, number)).notice);
    expect(seen.filter((notice) => notice === null)).toHaveLength(25);
    expect(app.provider.started).toHaveLength(25);
    const refused = { limit: 'registrations-spend-day', subject: 'all', count: 2 };
    expect(await decisions(app)).toContainEqual(expect.objectContaining(refused));
    await new ApiPerson(app.url).logIn(username, PASSWORD);
    expect(app.provider.started).toHaveLength(26);
  });

  it('rests for twelve hours in a block where hardly any code is typed in, and not in its whole country', async () => {
    for (let at = 0; at < 21; at += 1) await register(app, `+1212555${4000 + at}`);
    expect(app.provider.started).toHaveLength(21);
    app.clock.advance(minutes(25));
    expect((await register(app, '+12125554900')).notice).toBe('too_many_requests');
    expect((await register(app, '+13105554900')).notice).toBe(null);
    expect(await told()).toEqual(['+1212555']);
    app.clock.advance(hours(12));
    expect((await register(app, '+12125554901')).notice).toBe(null);
  });

  it('rests in a country where hardly any code is typed in, of many blocks', async () => {
    for (const number of FIJI.slice(0, 12))
      for (const last of [1, 2]) await register(app, `${number.slice(0, -1)}${last}`);
    app.clock.advance(minutes(25));
    expect((await register(app, FIJI[20] ?? '')).notice).toBe('too_many_requests');
    expect((await told()).at(-1)).toBe('FJ');
  });

  it('is not seen in a provider that is ill', async () => {
    for (const outcome of ['unavailable', 'unknown'] as const) {
      const { real } = app.provider;
      app.provider.real = Object.assign(Object.create(real as object) as VerificationProvider, {
        start: () => Promise.resolve({ outcome }),
      });
      for (let at = 0; at < 21; at += 1) await register(app, `+1212558${4000 + at}`);
      app.provider.real = real;
      app.clock.advance(minutes(25));
      expect((await register(app, `+1212558${outcome === 'unknown' ? 4900 : 4901}`)).notice).toBe(
        null,
      );
      app.clock.advance(days(1));
    }
  });

  it('goes on where people type their codes in, and after an operator lifts the rest', async () => {
    for (let at = 0; at < 24; at += 1) {
      const number = `+1212556${4000 + at}`;
      const { person } = await register(app, number);
      if (at % 2 === 0) await person.confirm(app.codeFor(number));
    }
    app.clock.advance(minutes(25));
    expect((await register(app, '+12125564900')).notice).toBe(null);
    app.clock.advance(hours(3));
    for (let at = 0; at < 21; at += 1) await register(app, `+1212557${4000 + at}`);
    app.clock.advance(minutes(25));
    expect((await register(app, '+12125574900')).notice).toBe('too_many_requests');
    await app.app.get(Conversions, { strict: false }).lift('+1212557', { client: LOCAL_CLIENT });
    expect((await register(app, '+12125574901')).notice).toBe(null);
  });
});

// The whole day, with 100,000 attempts and 850 people: npm run bench -- --only pumping.
onBothDatabases('a small day of pumping among people', (database) => {
  it('gives the attacker what a block may have, and everybody else in an office a code at the first asking', async () => {
    const app = await startWatched({
      database,
      environment: { ABUSE_LIMITS: 'enforce', DEFAULT_COUNTRY: 'US', TRUSTED_PROXIES: '127.0.0.1' },
    });
    const from = (address: string) => Object.assign(new ApiPerson(app.url), { address });
    const everybody = Array.from({ length: 20 }, () => somebody());
    for (const [index, form] of everybody.entries()) {
      for (const last of [1, 2]) {
        const phoneNumber = `+628121001${index + 10}${last}`;
        await from(`198.18.0.${index}`).register({ ...somebody(), phoneNumber });
      }
      const person = from('198.51.100.7');
      await person.register(form);
      expect([index, app.sent(form.phoneNumber)]).toEqual([index, 1]);
      expect(await person.confirm(app.codeFor(form.phoneNumber))).not.toHaveProperty('error');
      app.clock.advance(minutes(5));
    }
    const pumped = app.provider.started.filter(({ phoneNumber }) => phoneNumber.startsWith('+62'));
    expect(pumped).toHaveLength(10);
    await app.close();
  });
});

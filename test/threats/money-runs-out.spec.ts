import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { days, hours } from '../../src/common/clock.js';
import { LimitDecision } from '../../src/messaging/limits/limit-decision.entity.js';
import { Budget } from '../../src/rate-limit/budget.entity.js';
import { ApiPerson } from '../support/api-person.js';
import { oneOfMany } from '../support/crowd.js';
import { onBothDatabases } from '../support/databases.js';
import { PASSWORD } from '../support/people.js';
import { ScriptedProvider } from '../support/scripted-provider.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { makeTwoFactorAccount } from '../support/two-factor-account.js';

const SEND_LIMITS = [
  'address-hour',
  'address-day',
  'prefix-10-seconds',
  'prefix-hour',
  'home-country-day',
]
  .map((limit) => `${limit}=1000000`)
  .join(';');
/** A text costs 0.30, one to Germany 2.10; registrations may spend 2.40 of 3.00. */
const PRICES = { sms: { '*': 0.3, DE: 2.1 } };

onBothDatabases('money for a day', (database) => {
  let app: TestApp;
  let provider: ScriptedProvider;
  let folder: string;
  let people = 0;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'ringback-prices-'));
    const PRICES_FILE = path.join(folder, 'prices.json');
    writeFileSync(PRICES_FILE, JSON.stringify(PRICES));
    provider = new ScriptedProvider();
    const environment = { ABUSE_LIMITS: 'enforce', SEND_LIMITS, DAILY_SPEND: '3', PRICES_FILE };
    app = await startApp({ database, provider, environment });
  });
  beforeEach(() => {
    app.clock.advance(days(2));
    provider.recover();
    provider.started.length = 0;
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  const sent = () => provider.started.length;
  const register = async (phoneNumber?: string) => {
    const person = new ApiPerson(app.url);
    const form = oneOfMany(++people);
    await person.register(phoneNumber === undefined ? form : { ...form, phoneNumber });
    return person;
  };
  const spent = async () => {
    const rows = await app.db.getRepository(Budget).find();
    const today = rows.filter(
      ({ key, expiresAt }) => key.startsWith('spend-day:') && expiresAt > app.clock.now(),
    );
    return today.map(({ count }) => count);
  };

  it('is spent to the last message and not beyond, by 50 registrations at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => register()));
    expect(sent()).toBe(8);
    expect(await spent()).toEqual([24_000]);
  });

  it('that registrations have spent leaves log-ins their share, until that ends too', async () => {
    const accounts = await Promise.all([1, 2, 3].map(() => makeTwoFactorAccount(app)));
    for (let message = 0; message < 9; message += 1) await register();
    const sentAt: unknown[] = [];
    for (const { username } of accounts) {
      const person = new ApiPerson(app.url);
      await person.logIn(username, PASSWORD);
      sentAt.push((person.last?.body['confirmation'] as { sent_at: unknown }).sent_at);
    }
    expect(sentAt).toEqual([expect.any(String), expect.any(String), null]);
    expect(sent()).toBe(10);
  });

  it('says until when to wait, and comes back after a day', async () => {
    for (let message = 0; message < 8; message += 1) await register();
    app.clock.advance(hours(1));
    const person = await register();
    const confirmation = person.last?.body['confirmation'];
    const until = new Date(app.clock.now().getTime() + hours(23)).toISOString();
    expect(confirmation).toMatchObject({
      sent_at: null,
      notice: 'too_many_requests',
      resend_at: until,
    });
    expect(await person.resend()).toMatchObject({ status: 429, retryAfter: 23 * 3600 });
    app.clock.advance(hours(23));
    await register();
    expect(sent()).toBe(9);
  });

  it('is counted by what the country costs: a dear one is refused while a cheap one still goes', async () => {
    await register('+4915123456789');
    expect(await spent()).toEqual([21_000]);
    await register('+4915123457789');
    expect(sent()).toBe(1);
    await register();
    await register();
    expect(sent()).toBe(2);
  });

  it('comes back at once for what surely was not sent, and stays spent for what may have been', async () => {
    provider.onStart = { outcome: 'unavailable' };
    const person = await register();
    await person.resend();
    expect([sent(), await spent()]).toEqual([2, [0]]);
    provider.onStart = { outcome: 'unknown' };
    await register();
    expect(await spent()).toEqual([3000]);
  });

  it('tells staff that it was the money', async () => {
    await Promise.all(Array.from({ length: 12 }, () => register()));
    const [row] = await app.db.getRepository(LimitDecision).find({ order: { id: 'DESC' } });
    expect(row).toMatchObject({
      limit: 'registrations-spend-day',
      subject: 'all',
      held: true,
      count: 4,
    });
  });
});

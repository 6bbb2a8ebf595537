import fc from 'fast-check';
import { after, days, hours, minutes } from '../../src/common/clock.js';
import { PurgeService } from '../../src/auth/purge.service.js';
import {
  DeliveryReport,
  type DeliveryQuery,
} from '../../src/messaging/receipts/delivery-report.js';
import { onBothDatabases } from '../support/databases.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { FATES, forget, message, store } from './sent-messages.fixture.js';

const ALL = { limit: 100, offset: 0 };

onBothDatabases('the delivery report', (database) => {
  let app: TestApp;
  let report: DeliveryReport;
  const rows = (wanted: DeliveryQuery = {}) => report.page(wanted, ALL);

  beforeAll(async () => {
    app = await startApp({ database });
    report = app.app.get(DeliveryReport, { strict: false });
  });
  afterEach(() => forget(app));
  afterAll(() => app.close());

  it('has no row without a message', async () => {
    expect(await rows()).toEqual([]);
    expect(await report.count({})).toBe(0);
  });

  it('counts what a provider took, what arrived, what did not, and what was typed in', async () => {
    const now = app.clock.now();
    await store(
      app,
      Object.values(FATES).map((fate) => message(app, fate)),
    );
    await store(
      app,
      [FATES.delivered, FATES.accepted].map((fate) => message(app, { ...fate, confirmedAt: now })),
    );
    expect(await rows()).toEqual([
      {
        id: '2026-03-01~self:twilio~sms~US',
        day: '2026-03-01',
        provider: 'self:twilio',
        channel: 'sms',
        country: 'US',
        sent: 7,
        delivered: 2,
        failed: 3,
        confirmed: 2,
        conversion: 0.286,
      },
    ]);
  });

  it('takes a code that was typed in for sent, though the provider’s answer was lost', async () => {
    await store(app, [message(app, { ...FATES.queued, confirmedAt: app.clock.now() })]);
    expect(await rows()).toMatchObject([{ sent: 1, confirmed: 1, conversion: 1 }]);
  });

  it('counts codes only: nothing of a notice is typed in anywhere', async () => {
    await store(app, [message(app, { ...FATES.delivered, kind: 'notice' })]);
    expect(await rows()).toEqual([]);
  });

  it('has no conversion where nothing was sent', async () => {
    await store(app, [
      message(app, FATES.refused),
      message(app, FATES.refused),
      message(app, FATES.queued),
    ]);
    expect(await rows()).toMatchObject([{ sent: 0, failed: 2, conversion: null }]);
  });

  it('keeps days (in UTC), providers, channels and countries apart: newest day first, then whoever sent most', async () => {
    const midnight = new Date('2026-03-01T00:00:00.000Z');
    await store(app, [
      message(app, FATES.accepted),
      message(app, { ...FATES.accepted, channel: 'call' }),
      message(app, { ...FATES.accepted, country: 'DE', createdAt: midnight }),
      message(app, { ...FATES.accepted, provider: 'twilio-verify' }),
      message(app, { ...FATES.accepted, provider: 'twilio-verify' }),
      message(app, { ...FATES.accepted, createdAt: after(midnight, -1) }),
      message(app, { ...FATES.accepted, createdAt: after(midnight, -hours(24)) }),
    ]);
    expect((await rows()).map(({ id, sent }) => [id, sent])).toEqual([
      ['2026-03-01~twilio-verify~sms~US', 2],
      ['2026-03-01~self:twilio~call~US', 1],
      ['2026-03-01~self:twilio~sms~DE', 1],
      ['2026-03-01~self:twilio~sms~US', 1],
      ['2026-02-28~self:twilio~sms~US', 2],
    ]);
    expect(await report.count({})).toBe(5);
  });

  it('is narrowed to a provider, a channel, a country', async () => {
    await store(app, [
      message(app, FATES.accepted),
      message(app, { channel: 'call' }),
      message(app, { country: 'DE' }),
      message(app, { provider: 'self:aws' }),
    ]);
    const ids = async (wanted: DeliveryQuery) =>
      (await rows(wanted)).map(({ id }) => id.slice('2026-03-01~'.length));
    expect(await ids({ provider: 'self:aws' })).toEqual(['self:aws~sms~US']);
    expect(await ids({ channel: 'call' })).toEqual(['self:twilio~call~US']);
    expect(await ids({ country: 'DE' })).toEqual(['self:twilio~sms~DE']);
    expect(await ids({ country: 'DE', channel: 'call' })).toEqual([]);
    expect(await report.count({ country: 'DE' })).toBe(1);
  });

  it('reaches 30 days back, in whole days', async () => {
    const first = new Date('2026-01-31T00:00:00.000Z');
    await store(app, [
      message(app, { createdAt: first }),
      message(app, { createdAt: after(first, -1) }),
    ]);
    expect((await rows()).map(({ day }) => day)).toEqual(['2026-01-31']);
  });

  it('ends at 1,000 rows, and comes in parts', async () => {
    const providers = Array.from(
      { length: 1001 },
      (_, index) => `self:${String(index).padStart(4, '0')}`,
    );
    await store(
      app,
      providers.map((provider) => message(app, { provider })),
    );
    expect(await report.count({})).toBe(1000);
    const part = await report.page({}, { limit: 2, offset: 500 });
    expect(part.map(({ provider }) => provider)).toEqual(['self:0500', 'self:0501']);
  });

  it('whatever becomes of messages: nothing is counted that is not there, and no more is confirmed than was sent', async () => {
    const fate = fc.record({
      fate: fc.constantFrom(...Object.values(FATES)),
      isConfirmed: fc.boolean(),
      day: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 12 }), async (fates) => {
        await forget(app);
        const ago = (day: number) => after(app.clock.now(), -days(day));
        await store(
          app,
          fates.map(({ fate: changes, isConfirmed, day }) =>
            message(app, {
              ...changes,
              createdAt: ago(day),
              confirmedAt: isConfirmed ? app.clock.now() : null,
            }),
          ),
        );
        const found = await rows();
        expect(found).toHaveLength(new Set(fates.map(({ day }) => day)).size);
        const total = (name: 'sent' | 'delivered' | 'confirmed') =>
          found.reduce((sum, row) => sum + row[name], 0);
        expect(total('confirmed')).toBe(fates.filter(({ isConfirmed }) => isConfirmed).length);
        expect(total('delivered')).toBe(
          fates.filter(({ fate: { status } }) => status === 'delivered').length,
        );
        for (const { sent, confirmed, conversion } of found) {
          expect(confirmed).toBeLessThanOrEqual(sent);
          expect(conversion === null).toBe(sent === 0);
        }
        expect(total('sent')).toBeLessThanOrEqual(fates.length);
      }),
      { numRuns: 25 },
    );
  });

  it('loses nothing to the purge, which takes what is older than 30 days', async () => {
    const now = app.clock.now();
    const ages = [days(29) + hours(12), days(30), days(30) + minutes(1), days(90)];
    await store(
      app,
      ages.map((age) => message(app, { ...FATES.accepted, createdAt: after(now, -age) })),
    );
    const before = await rows();
    expect(before).toMatchObject([{ day: '2026-01-31', sent: 1 }]);
    expect(await app.app.get(PurgeService, { strict: false }).purge()).toMatchObject({
      messages: 2,
    });
    expect(await rows()).toEqual(before);
    expect(await app.db.query('SELECT id FROM sent_messages')).toHaveLength(2);
  });
});

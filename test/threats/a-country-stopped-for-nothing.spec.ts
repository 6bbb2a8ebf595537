import { MoreThanOrEqual } from 'typeorm';
import type { SendResult } from '../../src/messaging/vendors/sms-sender.js';
import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { hours, minutes } from '../../src/common/clock.js';
import { ApiPerson } from '../support/api-person.js';
import { oneOfMany } from '../support/crowd.js';
import { onBothDatabases } from '../support/databases.js';
import { somebody } from '../support/people.js';
import { ScriptedProvider } from '../support/scripted-provider.js';
import { startApp, type TestApp } from '../support/start-app.js';

const ADDRESS = 'address-hour=1000;address-day=1000';

onBothDatabases('a country whose codes could not be typed in', (database) => {
  const provider = new ScriptedProvider();
  let app: TestApp;
  let block = 0;
  beforeAll(async () => {
    const environment = {
      ABUSE_LIMITS: 'enforce',
      DEFAULT_COUNTRY: 'US',
      SEND_LIMITS: `${ADDRESS};home-country-day=200`,
    };
    app = await startApp({ database, provider, environment });
  });
  beforeEach(() => app.clock.advance(hours(13)));
  afterAll(() => app.close());

  const register = async (answer: SendResult) => {
    provider.onStart = answer;
    const person = new ApiPerson(app.url);
    await person.register({ ...somebody(), phoneNumber: `+1310${200 + ++block}4000` });
    return person.last?.body['confirmation'] as
      { notice: string | null; sent_at: string | null } | undefined;
  };

  it.each<SendResult>([
    { outcome: 'refused', reason: 'landline' },
    { outcome: 'unavailable' },
    { outcome: 'throttled' },
    { outcome: 'unknown' },
  ])('goes on after %j, whoever brings it about', async (answer) => {
    for (let at = 0; at < 22; at += 1) await register(answer);
    app.clock.advance(minutes(25));
    expect(await register({ outcome: 'sent' })).toMatchObject({
      notice: null,
      sent_at: app.clock.now().toISOString(),
    });
  });

  it('rests after what went out and was not typed in, asked for at once as well', async () => {
    await Promise.all(Array.from({ length: 22 }, () => register({ outcome: 'sent' })));
    app.clock.advance(minutes(25));
    expect(await register({ outcome: 'sent' })).toMatchObject({
      notice: 'too_many_requests',
      sent_at: null,
    });
  });

  it('goes on while the codes are so young that they may still be typed in, and rests when they are not', async () => {
    const bucket = minutes(10);
    app.clock.advance(bucket - (app.clock.now().getTime() % bucket) + minutes(9));
    for (let at = 0; at < 22; at += 1) await register({ outcome: 'sent' });
    app.clock.advance(minutes(6));
    expect(await register({ outcome: 'sent' })).toMatchObject({ notice: null });
    app.clock.advance(minutes(6));
    expect(await register({ outcome: 'sent' })).toMatchObject({ notice: 'too_many_requests' });
  });

  it('is told of once, however many are asked for when it begins to rest', async () => {
    await Promise.all(Array.from({ length: 22 }, () => register({ outcome: 'sent' })));
    app.clock.advance(minutes(25));
    const since = app.clock.now();
    await Promise.all(Array.from({ length: 50 }, () => register({ outcome: 'sent' })));
    await app.audited();
    const told = await app.db
      .getRepository(AuditEvent)
      .findBy({ name: 'limit.low-conversion', at: MoreThanOrEqual(since) });
    expect(told.map(({ details }) => details['region'])).toEqual(['US']);
  });
});

describe('a country, where the operator says how many codes must be typed in', () => {
  const provider = new ScriptedProvider();
  let app: TestApp;
  beforeAll(async () => {
    const limits =
      'low-conversion-sends=5;low-conversion-percent=50;low-conversion-hours=1;prefix-10-seconds=100';
    const SEND_LIMITS = `${ADDRESS};home-country-day=40;${limits}`;
    app = await startApp({
      provider,
      environment: { ABUSE_LIMITS: 'enforce', DEFAULT_COUNTRY: 'US', SEND_LIMITS },
    });
  });
  afterAll(() => app.close());

  it('rests after as few messages, and for as long, as the settings say', async () => {
    const notice = async () => {
      const person = new ApiPerson(app.url);
      await person.register(oneOfMany((people += 1)));
      return (person.last?.body['confirmation'] as { notice: string | null }).notice;
    };
    let people = 0;
    for (let at = 0; at < 5; at += 1) expect(await notice()).toBeNull();
    app.clock.advance(minutes(25));
    expect(await notice()).toBe('too_many_requests');
    app.clock.advance(hours(1));
    expect(await notice()).toBeNull();
  });
});

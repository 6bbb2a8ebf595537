import { FakeClock } from '../support/fake-clock.js';
import { AuthyProvider } from '../../src/phone-verification/providers/authy.provider.js';
import type { RefusalReason } from '../../src/messaging/vendors/sms-sender.js';
import type { FakeAuthy } from '../support/fake-authy.js';
import { KEY, makeAuthyFixture, REFUSED, type AuthyFixture } from './authy.fixture.js';
import { challengeFor, providerContract, TROUBLES, wrongCode } from './provider-contract.js';

providerContract('authy', makeAuthyFixture, {
  startTroubles: TROUBLES,
  checkTroubles: TROUBLES,
  refuses: Object.keys(REFUSED) as RefusalReason[],
  forgets: true,
});

const providerAt = (url: string) =>
  new AuthyProvider({ AUTHY_KEY: KEY, AUTHY_URL: url }, { clock: new FakeClock() });

describe('AuthyProvider', () => {
  const challenge = challengeFor('+14155550100');
  let fixture: AuthyFixture;
  let fake: FakeAuthy;

  beforeEach(async () => {
    fixture = await makeAuthyFixture();
    fake = fixture.fake;
  });
  afterEach(() => fake.close());

  const start = (phoneNumber = challenge.phoneNumber) =>
    fixture.provider.start(challengeFor(phoneNumber));
  const check = async (code: string) => (await fixture.provider.check(challenge, code)).outcome;

  it('names itself and says that a code belongs to a number', () => {
    expect(fixture.provider).toMatchObject({ name: 'authy', codeBelongsTo: 'number' });
  });

  it('asks for 6 digits, the default being 4', async () => {
    await start();
    expect(fake.started[0]?.params).toEqual({
      via: 'sms',
      country_code: '1',
      phone_number: '4155550100',
      code_length: '6',
    });
    expect(fake.started[0]?.headers['content-type']).toContain('application/x-www-form-urlencoded');
  });

  it.each([
    ['+447400123456', '44', '7400123456'],
    ['+390236618300', '39', '0236618300'],
    ['+77012345678', '7', '7012345678'],
    ['+351912345678', '351', '912345678'],
    ['+12425550100', '1', '2425550100'],
  ])('cuts %s after its calling code and loses no zero', async (number, country, national) => {
    await start(number);
    expect(fake.started[0]?.params).toMatchObject({
      country_code: country,
      phone_number: national,
    });
  });

  it('sends nothing to what is no number', async () => {
    expect(await start('+0')).toEqual({ outcome: 'refused', reason: 'invalid_number' });
    expect(await fixture.provider.check(challengeFor('4155550100'), '123456')).toEqual({
      outcome: 'not_compared',
    });
    expect([...fake.started, ...fake.checks]).toEqual([]);
  });

  it('remembers the uuid of a verification, and does without one', async () => {
    expect(await start()).toHaveProperty('reference', expect.stringMatching(/^[0-9a-f-]{36}$/));
    fake.fail('start', {
      answer: { status: 200, body: { success: true, uuid: null, carrier: null } },
    });
    expect(await start()).toEqual({ outcome: 'sent', reference: undefined });
    fake.fail('start', { answer: { status: 200, body: { success: true, uuid: 'x'.repeat(65) } } });
    expect(await start()).toEqual({ outcome: 'sent', reference: undefined });
  });

  it('shows the key in a header only', async () => {
    await start();
    await check(fake.codeFor(challenge.phoneNumber));
    for (const seen of [...fake.started, ...fake.checks]) {
      expect(seen.headers['x-authy-api-key']).toBe(KEY);
      expect(JSON.stringify([seen.url, seen.params])).not.toContain(KEY);
    }
  });

  it('finds its way below a path, with or without a slash at the end', async () => {
    for (const url of [`${fake.url}/`, `${fake.url}//`]) {
      const provider = providerAt(url);
      expect(await provider.start(challenge)).toMatchObject({ outcome: 'sent' });
    }
    const provider = providerAt(`${fake.url}/nowhere`);
    expect(await provider.start(challenge)).toEqual({ outcome: 'unavailable' });
    expect(await provider.check(challenge, '123456')).toEqual({ outcome: 'unknown' });
  });

  it('follows no redirect with the key in its hand', async () => {
    fake.fail('both', 'redirect');
    await start();
    await check('123456');
    expect(fake.trapped).toEqual([]);
  });

  it('opens a connection of its own for every request', async () => {
    await start();
    expect(fake.started[0]?.headers.connection).toBe('close');
  });

  it('does not repeat a start that went wrong', async () => {
    for (const fault of ['reset', 'reset-mid-answer', 'throttled', '500'] as const) {
      fake.fail('start', fault);
      await start();
    }
    expect(fake.started).toHaveLength(4);
  });

  it('finds a host without an address unavailable', async () => {
    const provider = providerAt('http://authy.invalid');
    expect(await provider.start(challenge)).toEqual({ outcome: 'unavailable' });
    expect(await provider.check(challenge, '123456')).toEqual({ outcome: 'not_compared' });
  });

  it('finds a code sent while the answer was lost right all the same', async () => {
    fake.fail('start', 'reset-mid-answer');
    expect(await start()).toEqual({ outcome: 'unknown' });
    fake.heal();
    const code = fake.codeFor(challenge.phoneNumber);
    expect(await check(wrongCode(code))).toBe('wrong');
    expect(await check(code)).toBe('right');
  });
});

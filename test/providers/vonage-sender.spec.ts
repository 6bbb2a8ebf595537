import { VonageSender } from '../../src/messaging/vendors/vonage/vonage.sender.js';
import type { RefusalReason } from '../../src/messaging/vendors/sms-sender.js';
import { providerContract, TROUBLES } from './provider-contract.js';
import { messageTo } from './vendor-gateway.fixture.js';
import {
  API_KEY,
  API_SECRET,
  makeVonageFixture,
  REFUSED,
  type VonageFixture,
  SETTINGS,
} from './vonage-sender.fixture.js';

const NUMBER = '+14155550100';

providerContract('vonage', makeVonageFixture, {
  startTroubles: TROUBLES,
  refuses: Object.keys(REFUSED) as RefusalReason[],
});

describe('VonageSender', () => {
  let fixture: VonageFixture;
  beforeEach(async () => {
    fixture = await makeVonageFixture();
  });
  afterEach(() => fixture.close?.());

  const send = (change: Parameters<typeof messageTo>[1] = {}) =>
    fixture.sender.send(messageTo(NUMBER, change));
  const form = () => Object.fromEntries(new URLSearchParams(fixture.fake.requests.at(-1)?.body));

  it('names itself, and sends texts only', async () => {
    expect(fixture.sender).toMatchObject({ name: 'vonage', channels: ['sms'] });
    expect(await send({ channel: 'call' })).toEqual({ outcome: 'unavailable' });
    expect(fixture.fake.requests).toEqual([]);
  });

  it('fills the form of the SMS API', async () => {
    await send({
      callbackUrl: 'https://accounts.example.com/delivery/vonage/AAECAwQFBgcICQoLDA0ODw',
    });
    expect(form()).toEqual({
      api_key: API_KEY,
      api_secret: API_SECRET,
      from: 'Ringback',
      to: '14155550100',
      text: '012345 is your Ringback code.\n\n@localhost #012345',
      type: 'text',
      ttl: '600000',
      'client-ref': 'AAECAwQFBgcICQoLDA0ODw',
      callback: 'https://accounts.example.com/delivery/vonage/AAECAwQFBgcICQoLDA0ODw',
    });
    expect(fixture.fake.requests[0]?.headers).toMatchObject({
      'content-type': expect.stringContaining('application/x-www-form-urlencoded') as string,
      connection: 'close',
    });
  });

  it.each([
    ['Your code: 012345 {€}', 'text'],
    ['रिंगबैक कोड 012345', 'unicode'],
    ['验证码 012345', 'unicode'],
    ['code ça 012345', 'unicode'],
  ])('sends %j as %s, and no letter is lost', async (text, type) => {
    await send({ text });
    expect(form()['type']).toBe(type);
    expect(fixture.fake.messages.at(-1)?.text).toBe(text);
  });

  it.each([
    [0, '20000'],
    [19.2, '20000'],
    [120.0004, '120001'],
    [700_000, '604800000'],
  ])('keeps a life of %d seconds within what the API takes: %s ms', async (ttl, life) => {
    expect(await send({ ttl })).toMatchObject({ outcome: 'sent' });
    expect(form()['ttl']).toBe(life);
  });

  it("tells the gateway's id and how many messages the text took", async () => {
    expect(await send()).toEqual({
      outcome: 'sent',
      reference: expect.stringMatching(/^[0-9A-F]{16}$/) as string,
      segments: 1,
    });
    expect(await send({ text: '012345 '.repeat(40) })).toMatchObject({
      outcome: 'sent',
      segments: 2,
    });
  });

  it('asks for no receipts that it could not believe', async () => {
    const { fake, clock } = fixture;
    const settings = { ...SETTINGS, VONAGE_URL: `${fake.url}/` };
    const callbackUrl = 'https://accounts.example.com/delivery/vonage/AAECAwQFBgcICQoLDA0ODw';
    for (const VONAGE_SIGNATURE_SECRET of [undefined, '']) {
      const sender = new VonageSender({ ...settings, VONAGE_SIGNATURE_SECRET }, { clock });
      expect(await sender.send(messageTo(NUMBER, { callbackUrl }))).toMatchObject({
        outcome: 'sent',
      });
      expect(form()).not.toHaveProperty('callback');
    }
  });

  it('never repeats a send that went wrong', async () => {
    for (const fault of ['reset', 'reset-mid-answer', 'html'] as const) {
      fixture.fake.fail(fault);
      expect(await send()).toEqual({ outcome: 'unknown' });
    }
    expect(fixture.fake.requests).toHaveLength(3);
  });

  it('follows no redirect with the secret in its hand', async () => {
    await fixture.cause?.('redirect');
    await send();
    expect(fixture.fake.requests.map(({ path }) => path)).toEqual(['/sms/json']);
  });

  describe('probe', () => {
    it('is good, sends nothing, and shows the secret in a header only', async () => {
      expect(await fixture.sender.probe()).toEqual({
        isGood: true,
        sentence: 'Vonage accepts our credentials.',
      });
      expect(fixture.fake.messages).toEqual([]);
      const { path, query, body } = fixture.fake.requests[0]!;
      expect([path, `${query}`, body]).toEqual(['/account/get-balance', '', '']);
    });

    it('knows bad credentials', async () => {
      const sentence =
        'Vonage does not accept our credentials: check VONAGE_API_KEY and VONAGE_API_SECRET.';
      expect(await fixture.connect({ isStranger: true }).probe()).toEqual({
        isGood: false,
        sentence,
      });
    });

    it('knows a clock that is wrong', async () => {
      fixture.fake.fail({
        answer: {
          status: 200,
          headers: { Date: 'Sun, 01 Mar 2026 11:53:00 GMT' },
          body: { value: 1 },
        },
      });
      const sentence = 'Our clock and that of Vonage differ by 7 minutes: set ours right.';
      expect(await fixture.sender.probe()).toEqual({ isGood: false, sentence });
    });

    it('knows a gateway out of reach, and one that is none', async () => {
      const at = (VONAGE_URL: string) =>
        new VonageSender({ ...SETTINGS, VONAGE_URL }, { clock: fixture.clock });
      const nowhere = await at('http://vonage.invalid').probe();
      expect(nowhere.sentence).toBe('Vonage cannot be reached: check the network and VONAGE_URL.');
      const elsewhere = await at(`${fixture.fake.url}/nowhere`).probe();
      expect(elsewhere.sentence).toContain('do not understand (HTTP 404)');
      fixture.fake.fail({
        answer: {
          status: 500,
          headers: { Date: fixture.clock.now().toUTCString() },
          body: { value: 1 },
        },
      });
      expect([nowhere, elsewhere, await fixture.sender.probe()].some(({ isGood }) => isGood)).toBe(
        false,
      );
    });
  });
});

import fc from 'fast-check';
import type { HttpGatewayEnvironment } from '../../src/messaging/vendors/http/http-gateway.js';
import {
  senderWith,
  KEY,
  makeHttpFixture,
  REASONS,
  settingsFor,
  type HttpFixture,
} from './http-sender.fixture.js';
import { providerContract, TROUBLES } from './provider-contract.js';
import { messageTo } from './vendor-gateway.fixture.js';

const NUMBER = '+14155550100';
const callbackUrl = 'https://accounts.example.com/delivery/http/AAECAwQFBgcICQoLDA0ODw';

providerContract('http', makeHttpFixture, { startTroubles: TROUBLES, refuses: REASONS });

describe('HttpSender', () => {
  let fixture: HttpFixture;
  beforeEach(async () => {
    fixture = await makeHttpFixture();
  });
  afterEach(() => fixture.close?.());

  const senderBy = (change: Partial<HttpGatewayEnvironment>) =>
    senderWith(settingsFor(fixture.fake.url, change), { clock: fixture.clock });
  const send = (change: Parameters<typeof messageTo>[1] = {}) =>
    fixture.sender.send(messageTo(NUMBER, change));
  const last = () => fixture.fake.requests.at(-1)!;

  /** The same gateway, asked in four ways. */
  const ways = (): Record<string, Partial<HttpGatewayEnvironment>> => ({
    json: {},
    form: {
      HTTP_SMS_URL: `${fixture.fake.url}/form`,
      HTTP_SMS_BODY: 'to={to_digits}&text={text}&c={callback_url}',
    },
    query: {
      HTTP_SMS_URL: `${fixture.fake.url}/query?to={to}&text={text}`,
      HTTP_SMS_METHOD: 'GET',
      HTTP_SMS_BODY: undefined,
    },
    xml: {
      HTTP_SMS_URL: `${fixture.fake.url}/xml`,
      HTTP_SMS_METHOD: 'PUT',
      HTTP_SMS_HEADERS: `{"Authorization": "Bearer ${KEY}", "content-type": "text/xml; charset=utf-8"}`,
      HTTP_SMS_BODY: '<sms><to>{to}</to><text>{text}</text></sms>',
    },
  });

  it('names itself, and sends texts only, to numbers only', async () => {
    expect(fixture.sender).toMatchObject({ name: 'http', channels: ['sms'] });
    expect(await send({ channel: 'call' })).toEqual({ outcome: 'unavailable' });
    for (const to of ['14155550100', '+0155550100', '+1415', '+14155550100"', '']) {
      expect(await fixture.sender.send(messageTo(to))).toEqual({
        outcome: 'refused',
        reason: 'invalid_number',
      });
    }
    expect(fixture.fake.requests).toEqual([]);
  });

  it("sends what the template says, and tells the gateway's id", async () => {
    expect(await send({ callbackUrl })).toEqual({
      outcome: 'sent',
      reference: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    expect(JSON.parse(last().body)).toEqual({
      to: NUMBER,
      text: '012345 is your Ringback code.\n\n@localhost #012345',
      callback: callbackUrl,
    });
    expect(last()).toMatchObject({
      method: 'POST',
      path: '/json',
      headers: {
        authorization: `Bearer ${KEY}`,
        'content-type': 'application/json',
        connection: 'close',
      },
    });
  });

  it('fills every placeholder, wherever it stands', async () => {
    const all = '{to} {to_digits} {code} {locale} {ttl} {reference} {callback_url} {country}';
    const filled = `${NUMBER} 14155550100 012345 pt 599 AAECAwQFBgcICQoLDA0ODw ${callbackUrl} US`;
    const sender = senderBy({
      HTTP_SMS_URL: `${fixture.fake.url}/form?q=${all.replaceAll(' ', '+')}`,
      HTTP_SMS_HEADERS: JSON.stringify({ 'X-All': all }),
      HTTP_SMS_BODY: `all=${all.replaceAll(' ', '+')}&text={text}`,
    });
    await sender.send(messageTo(NUMBER, { callbackUrl, locale: 'pt', ttl: 599.9 }));
    expect(last().query.get('q')).toBe(filled);
    expect(last().headers['x-all']).toBe(filled);
    expect(new URLSearchParams(last().body).get('all')).toBe(filled);
  });

  it('leaves empty what there is not, and rounds no life down to nothing', async () => {
    const body =
      '{"to": {to_digits}, "ttl": {ttl}, "more": "{callback_url}{country}", "text": "{text}"}';
    const sender = senderBy({ HTTP_SMS_BODY: body });
    await sender.send(messageTo('+88213555010', { ttl: 0.4 }));
    expect(JSON.parse(last().body)).toMatchObject({ to: 88213555010, ttl: 1, more: '' });
  });

  const WAYS = ['json', 'form', 'query', 'xml'];
  it.each(WAYS)(
    'carries a text whole by %s, and nothing beside it, whatever it holds',
    async (way) => {
      const sender = senderBy({ ...ways()[way], HTTP_SMS_RECEIPT_SECRET: 'x'.repeat(32) });
      // XML has no way to write other control characters.
      const parts = [
        ...'aé०😀 "\'<>&=+%{}\\/?#\n\t;:,[]',
        '{code}',
        '{to}',
        '","to":"',
        '</text>',
        '&to=1',
      ];
      const nasty = fc
        .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 12 })
        .map((some) => some.join(''));
      await fc.assert(
        fc.asyncProperty(nasty, async (text) => {
          expect(await sender.send(messageTo(NUMBER, { text }))).toMatchObject({ outcome: 'sent' });
          expect(fixture.fake.messages.at(-1)).toEqual({ to: NUMBER, channel: 'sms', text });
        }),
        { numRuns: 40 },
      );
    },
  );

  it('puts no second line and no foreign letter into a header', async () => {
    const sender = senderBy({
      HTTP_SMS_HEADERS: `{"Authorization": "Bearer ${KEY}", "X-Locale": "a{locale}b"}`,
    });
    expect(await sender.send(messageTo(NUMBER, { locale: 'p\r\nX-Evil: é\u0000t' }))).toMatchObject(
      { outcome: 'sent' },
    );
    expect(last().headers).toMatchObject({ 'x-locale': 'apX-Evil: tb' });
    expect(last().headers).not.toHaveProperty('x-evil');
  });

  it('never repeats a send that went wrong, and follows no redirect', async () => {
    for (const fault of ['reset', 'reset-mid-answer', 'html'] as const) {
      fixture.fake.fail(fault);
      expect(await send()).toEqual({ outcome: 'unknown' });
    }
    await fixture.cause?.('redirect');
    expect(await send()).toEqual({ outcome: 'unavailable' });
    expect(fixture.fake.requests).toHaveLength(4);
  });

  describe('probe', () => {
    it("asks for the host's options, with no key, and sends nothing", async () => {
      const sentence = '127.0.0.1 answers; only a message shows whether it serves us.';
      expect(await senderBy(ways()['query']!).probe()).toEqual({ isGood: true, sentence });
      expect(last()).toMatchObject({ method: 'OPTIONS', path: '/', body: '' });
      expect(`${last().query}${JSON.stringify(last().headers)}`).not.toContain(KEY);
      expect(fixture.fake.messages).toEqual([]);
    });

    it.each([401, 404, 405, 500])('takes any answer for one: %d', async (status) => {
      const headers = { Date: fixture.clock.now().toUTCString() };
      fixture.fake.fail({ answer: { status, headers, body: '' } });
      expect(await fixture.sender.probe()).toMatchObject({ isGood: true });
    });

    it('knows a clock that is wrong, silence and what is out of reach', async () => {
      fixture.fake.fail({
        answer: { status: 204, headers: { Date: 'Sun, 01 Mar 2026 11:53:00 GMT' }, body: '' },
      });
      const probes = [await fixture.sender.probe()];
      fixture.fake.fail('slow');
      probes.push(await fixture.connect({ timeout: 40 }).probe());
      probes.push(await fixture.connect({ url: 'http://gateway.invalid' }).probe());
      expect(probes).toEqual(
        [
          'Our clock and that of 127.0.0.1 differ by 7 minutes: set ours right.',
          '127.0.0.1 was reached, but gave no answer.',
          'gateway.invalid cannot be reached: check the network and HTTP_SMS_URL.',
        ].map((sentence) => ({ isGood: false, sentence })),
      );
    });
  });
});

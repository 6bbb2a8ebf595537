import { TwilioSender } from '../../src/messaging/vendors/twilio/twilio.sender.js';
import { providerContract, TROUBLES } from './provider-contract.js';
import {
  ACCOUNT_SID,
  AUTH_TOKEN,
  FROM,
  makeTwilioFixture,
  REASONS,
  type TwilioFixture,
  SETTINGS,
} from './twilio-sender.fixture.js';
import { messageTo } from './vendor-gateway.fixture.js';

const NUMBER = '+14155550100';
const SERVICE = 'MG00000000000000000000000000000001';
const callbackUrl = 'https://accounts.example.com/delivery/twilio/AAECAwQFBgcICQoLDA0ODw';

providerContract('twilio', makeTwilioFixture, { startTroubles: TROUBLES, refuses: REASONS });

describe('TwilioSender', () => {
  let fixture: TwilioFixture;
  beforeEach(async () => {
    fixture = await makeTwilioFixture();
  });
  afterEach(() => fixture.close?.());

  const send = (change: Parameters<typeof messageTo>[1] = {}) =>
    fixture.sender.send(messageTo(NUMBER, change));
  const form = () => Object.fromEntries(new URLSearchParams(fixture.fake.requests.at(-1)?.body));
  const senderFrom = (from: string, callFrom?: string) => {
    const { fake, clock } = fixture;
    return new TwilioSender(
      { ...SETTINGS, TWILIO_FROM: from, TWILIO_CALL_FROM: callFrom, TWILIO_URL: fake.url },
      { clock },
    );
  };

  it('fills the form of the Messages API', async () => {
    await send({ callbackUrl });
    expect(form()).toEqual({
      To: NUMBER,
      From: FROM,
      Body: '012345 is your Ringback code.\n\n@localhost #012345',
      ValidityPeriod: '600',
      StatusCallback: callbackUrl,
    });
    expect(fixture.fake.requests[0]).toMatchObject({
      path: `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`,
      headers: {
        'content-type': expect.stringContaining('application/x-www-form-urlencoded') as string,
        connection: 'close',
      },
    });
  });

  it('asks for no receipt where Twilio could bring none', async () => {
    for (const nowhere of [
      undefined,
      'http://localhost:3000/delivery/twilio/AAECAwQFBgcICQoLDA0ODw',
    ]) {
      expect(await send({ callbackUrl: nowhere })).toMatchObject({ outcome: 'sent' });
      expect(form()).not.toHaveProperty('StatusCallback');
    }
  });

  it.each([
    [0, '5'],
    [119.9, '119'],
    [700_000, '36000'],
  ])('keeps a life of %d seconds within what the API takes: %s', async (ttl, life) => {
    await send({ ttl });
    expect(form()['ValidityPeriod']).toBe(life);
  });

  it("tells Twilio's id and how many messages the text takes, where Twilio knows it", async () => {
    const reference = expect.stringMatching(/^SM[0-9a-f]{32}$/) as string;
    expect(await send()).toEqual({ outcome: 'sent', reference, segments: 1 });
    expect(await senderFrom(SERVICE).send(messageTo(NUMBER))).toEqual({
      outcome: 'sent',
      reference,
      segments: undefined,
    });
    expect(form()).toMatchObject({ MessagingServiceSid: SERVICE });
    expect(form()).not.toHaveProperty('From');
  });

  it('calls by the Calls API, with the same credentials', async () => {
    const result = await send({
      channel: 'call',
      text: 'Your code is 0, 1, 2, 3, 4, 5.',
      callbackUrl,
    });
    expect(result).toEqual({
      outcome: 'sent',
      reference: expect.stringMatching(/^CA[0-9a-f]{32}$/) as string,
    });
    expect(form()).toEqual({
      To: NUMBER,
      From: FROM,
      Twiml: expect.stringContaining('Your code is 0, 1, 2, 3, 4, 5.') as string,
      StatusCallback: callbackUrl,
    });
  });

  it('calls from a number only: its own for calls, else the one for texts', async () => {
    expect(fixture.sender.channels).toEqual(['sms', 'call']);
    const service = senderFrom(SERVICE, '+14155550198');
    expect(service.channels).toEqual(['sms', 'call']);
    await service.send(messageTo(NUMBER, { channel: 'call' }));
    expect(form()['From']).toBe('+14155550198');
    await senderFrom(FROM, '+14155550197').send(messageTo(NUMBER, { channel: 'call' }));
    expect(form()['From']).toBe('+14155550197');

    const sent = fixture.fake.requests.length;
    for (const from of [SERVICE, 'Ringback', '12345']) {
      const mute = senderFrom(from);
      expect(mute.channels).toEqual(['sms']);
      expect(await mute.send(messageTo(NUMBER, { channel: 'call' }))).toEqual({
        outcome: 'unavailable',
      });
    }
    expect(fixture.fake.requests).toHaveLength(sent);
  });

  it('shows the token in a header only', async () => {
    await send();
    const { headers, ...rest } = fixture.fake.requests[0]!;
    expect(headers.authorization).toBe(
      `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`,
    );
    expect(JSON.stringify(rest)).not.toContain(AUTH_TOKEN);
  });

  it('never repeats a send that went wrong', async () => {
    for (const fault of ['reset', 'reset-mid-answer', 'html'] as const) {
      fixture.fake.fail(fault);
      expect(await send()).toEqual({ outcome: 'unknown' });
    }
    expect(fixture.fake.requests).toHaveLength(3);
  });

  it('follows no redirect with the token in its hand', async () => {
    await fixture.cause?.('redirect');
    await send();
    expect(fixture.fake.requests).toHaveLength(1);
  });

  describe('probe', () => {
    const bad = (sentence: string) => ({ isGood: false, sentence });
    const answerWith = (
      status: number,
      body: object | string,
      date = fixture.clock.now().toUTCString(),
    ) => fixture.fake.fail({ answer: { status, headers: { Date: date }, body } });

    it('is good, and sends nothing', async () => {
      expect(await fixture.sender.probe()).toEqual({
        isGood: true,
        sentence: 'Twilio accepts our credentials.',
      });
      expect(fixture.fake.messages).toEqual([]);
    });

    it('knows bad credentials, and an account that is not there', async () => {
      const sentence =
        'Twilio does not accept our credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.';
      expect(await fixture.connect({ isStranger: true }).probe()).toEqual(bad(sentence));
      answerWith(404, { code: 20404 });
      expect(await fixture.sender.probe()).toEqual(bad(sentence));
    });

    it.each([
      ['suspended', 'Full', 'Twilio accepts our credentials, but the account is not active.'],
      [
        'active',
        'Trial',
        'Twilio accepts our credentials. It is a trial account: it sends to verified numbers only.',
      ],
    ])('knows an account that is %s, %s', async (status, type, sentence) => {
      answerWith(200, { status, type });
      expect(await fixture.sender.probe()).toEqual({ isGood: status === 'active', sentence });
    });

    it('knows a clock that is wrong', async () => {
      answerWith(200, { status: 'active' }, 'Sun, 01 Mar 2026 11:53:00 GMT');
      expect(await fixture.sender.probe()).toEqual(
        bad('Our clock and that of Twilio differ by 7 minutes: set ours right.'),
      );
    });

    it('knows what is not Twilio, and what is out of reach', async () => {
      for (const body of [{}, '<h1>Welcome</h1>', { status: 7 }]) {
        answerWith(200, body);
        expect((await fixture.sender.probe()).sentence).toContain(
          'an answer that we do not understand (HTTP 200)',
        );
      }
      await fixture.fake.close();
      expect(await fixture.sender.probe()).toEqual(
        bad('Twilio cannot be reached: check the network and TWILIO_URL.'),
      );
    });
  });
});

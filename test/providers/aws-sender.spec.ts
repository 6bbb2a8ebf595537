import { jest } from '@jest/globals';
import type { AwsSettings } from '../../src/messaging/vendors/aws/aws.vendor.js';
import { AwsSender } from '../../src/messaging/vendors/aws/aws.sender.js';
import type { Message, RefusalReason } from '../../src/messaging/vendors/sms-sender.js';
import { FakeAwsSms } from '../support/fake-aws-sms.js';
import {
  keys,
  makeAwsFixture,
  REFUSED,
  REGION,
  SECRET_ACCESS_KEY,
  type AwsFixture,
  SETTINGS,
} from './aws-sender.fixture.js';
import { providerContract, TROUBLES } from './provider-contract.js';
import { FakeSns } from '../support/fake-sns.js';
import { messageTo } from './vendor-gateway.fixture.js';

const NUMBER = '+14155550100';

providerContract('aws', makeAwsFixture, {
  startTroubles: TROUBLES,
  refuses: Object.keys(REFUSED) as RefusalReason[],
});

describe('AwsSender', () => {
  let fixture: AwsFixture;
  beforeEach(async () => {
    fixture = await makeAwsFixture();
  });
  afterEach(() => fixture.close?.());

  const send = (change: Partial<Message> = {}) => fixture.sender.send(messageTo(NUMBER, change));
  const body = () =>
    JSON.parse(fixture.fake.requests.at(-1)?.body ?? '') as Record<string, unknown>;
  const like = (change: Partial<AwsSettings>) =>
    new AwsSender(
      { ...SETTINGS, AWS_SMS_URL: fixture.fake.url, ...change },
      { clock: fixture.clock },
    );

  it('names itself, and has no receipts by message', () => {
    expect(fixture.sender).toMatchObject({ name: 'aws', channels: ['sms', 'call'] });
    expect('receipts' in fixture.sender).toBe(false);
  });

  it('has an address for receipts only where a topic is set', async () => {
    const sns = new FakeSns();
    expect(await fixture.sender.accountReceipts(sns.post())).toBeUndefined();
    expect(
      await like({
        AWS_SMS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:others',
      }).accountReceipts(sns.post()),
    ).toBeNull();
  });

  it('makes no calls without somebody to call from', async () => {
    expect(like({}).channels).toEqual(['sms']);
    expect(like({ AWS_CALL_FROM: '' }).channels).toEqual(['sms']);
    expect(await like({}).send(messageTo(NUMBER, { channel: 'call' }))).toEqual({
      outcome: 'unavailable',
    });
    expect(fixture.fake.requests).toEqual([]);
  });

  it('writes a text', async () => {
    await like({ AWS_SMS_CONFIGURATION_SET: 'codes' }).send(
      messageTo(NUMBER, { callbackUrl: 'https://accounts.example.com/' }),
    );
    expect(body()).toEqual({
      DestinationPhoneNumber: NUMBER,
      OriginationIdentity: 'RINGBACK',
      MessageBody: '012345 is your Ringback code.\n\n@localhost #012345',
      MessageType: 'TRANSACTIONAL',
      TimeToLive: 600,
      ConfigurationSetName: 'codes',
      Context: { reference: 'AAECAwQFBgcICQoLDA0ODw' },
    });
    expect(fixture.fake.requests[0]).toMatchObject({
      method: 'POST',
      path: '/',
      headers: { connection: 'close' },
    });
  });

  it('makes a call', async () => {
    await send({ channel: 'call', text: 'Your code is 0, 1, 2, 3, 4, 5.' });
    expect(body()).toEqual({
      DestinationPhoneNumber: NUMBER,
      OriginationIdentity: '+12065550142',
      MessageBody: 'Your code is 0, 1, 2, 3, 4, 5.',
      MessageBodyTextType: 'TEXT',
      VoiceId: 'JOANNA',
      TimeToLive: 600,
      Context: { reference: 'AAECAwQFBgcICQoLDA0ODw' },
    });
  });

  it.each([
    ['en', 'JOANNA'],
    ['es', 'LUPE'],
    ['fr', 'LEA'],
    ['de', 'VICKI'],
    ['pt', 'CAMILA'],
    ['ar', 'ZEINA'],
    ['zh', 'ZHIYU'],
  ])('speaks %s as %s', async (locale, voice) => {
    expect(await send({ channel: 'call', locale, text: 'the text' })).toMatchObject({
      outcome: 'sent',
    });
    expect(body()).toMatchObject({ MessageBody: 'the text', VoiceId: voice });
  });

  it.each(['hi', 'xx', ''])('speaks the digits alone where no voice knows %j', async (locale) => {
    expect(await send({ channel: 'call', locale, text: 'पाठ' })).toMatchObject({ outcome: 'sent' });
    expect(body()).toMatchObject({
      MessageBody: '0, 1, 2, 3, 4, 5. 0, 1, 2, 3, 4, 5.',
      VoiceId: 'JOANNA',
    });
  });

  it.each([
    [0, 5],
    [4.2, 5],
    [120.001, 121],
    [999_999, 259_200],
  ])('keeps a life of %d s within what the API takes: %d', async (ttl, life) => {
    expect(await send({ ttl })).toMatchObject({ outcome: 'sent' });
    expect(body()['TimeToLive']).toBe(life);
  });

  it("tells the gateway's id", async () => {
    expect(await send()).toEqual({
      outcome: 'sent',
      reference: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  it('signs letters of every language as they are sent', async () => {
    for (const text of ['验证码 012345', 'रिंगबैक 012345 🔑', '012345 "\\\n\t\u0007']) {
      expect(await send({ text })).toMatchObject({ outcome: 'sent' });
      expect(fixture.fake.messages.at(-1)?.text).toBe(text);
    }
  });

  it('signs with the time of the clock', async () => {
    fixture.clock.advance(86_400_000);
    expect(await send()).toMatchObject({ outcome: 'sent' });
    expect(fixture.fake.requests[0]?.headers['x-amz-date']).toBe('20260302T120000Z');
  });

  it('uses temporary keys with their token', async () => {
    const sessionToken = 'token-of-the-session';
    const now = () => fixture.clock.now();
    const fake = await new FakeAwsSms({ ...keys, sessionToken, region: REGION, now }).start();
    const results = [
      await like({ AWS_SMS_URL: fake.url, AWS_SESSION_TOKEN: sessionToken }).send(
        messageTo(NUMBER),
      ),
      await like({ AWS_SMS_URL: fake.url }).send(messageTo(NUMBER)),
    ];
    await fake.close();
    expect(results).toMatchObject([{ outcome: 'sent' }, { outcome: 'unavailable' }]);
  });

  it('is not known in another region', async () => {
    expect(await like({ AWS_REGION: 'us-east-1' }).send(messageTo(NUMBER))).toEqual({
      outcome: 'unavailable',
    });
  });

  it('never shows the secret', async () => {
    await send();
    expect(JSON.stringify(fixture.fake.requests)).not.toContain(SECRET_ACCESS_KEY);
  });

  it('never repeats a send that went wrong, and follows no redirect', async () => {
    for (const fault of ['reset', 'reset-mid-answer', 'html'] as const) {
      fixture.fake.fail(fault);
      expect(await send()).toEqual({ outcome: 'unknown' });
    }
    await fixture.cause?.('redirect');
    await send();
    expect(fixture.fake.requests.map(({ path }) => path)).toEqual(['/', '/', '/', '/']);
  });

  it("finds its region's own address", async () => {
    const fetch = jest.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network'));
    await like({ AWS_SMS_URL: undefined }).send(messageTo(NUMBER));
    expect(fetch.mock.calls.map(([url]) => String(url as URL))).toEqual([
      'https://sms-voice.eu-central-1.amazonaws.com/',
    ]);
    fetch.mockRestore();
  });
});

import fc from 'fast-check';
import { AwsTopic } from '../../src/messaging/vendors/aws/aws.topic.js';
import { FakeClock } from '../support/fake-clock.js';
import { awsEvent, CERTIFICATE, FakeSns, HOST, TOPIC } from '../support/fake-sns.js';

const reference = 'AAECAwQFBgcICQoLDA0ODw';
const delivered = [{ reference, status: 'delivered' }];
const CONFIRMATION = {
  Type: 'SubscriptionConfirmation',
  Token: 'a token',
  Message: 'You have chosen to subscribe.',
};

describe('Receipts of AWS, by a topic of Amazon SNS', () => {
  const sns = new FakeSns();
  const sentences: string[] = [];
  const topicAt = (fake: FakeSns) =>
    new AwsTopic(
      TOPIC,
      { clock: new FakeClock(), log: (sentence) => sentences.push(sentence) },
      fake.fetch,
    );
  let topic: AwsTopic;
  beforeEach(() => {
    sns.asked.length = sentences.length = 0;
    sns.fault = undefined;
    topic = topicAt(sns);
  });
  const receipts = (...of: Parameters<FakeSns['post']>) => topic.receipts(sns.post(...of));

  it.each(['1', '2'])(
    'takes signatures of version %s, again, with a subject or without',
    async (SignatureVersion) => {
      for (const Subject of [undefined, 'SMS', 'SMS'])
        expect(await receipts({ SignatureVersion, Subject })).toEqual(delivered);
      expect(sns.asked).toEqual([CERTIFICATE]);
    },
  );

  it.each([
    ['TEXT_QUEUED', 'queued'],
    ['TEXT_PENDING', 'sent'],
    ['TEXT_SUCCESSFUL', 'sent'],
    ['TEXT_DELIVERED', 'delivered'],
    ['TEXT_UNKNOWN', 'unknown'],
    ['VOICE_RINGING', 'sent'],
    ['VOICE_COMPLETED', 'delivered'],
    ['constructor', 'unknown'],
  ])('event %s is %s', async (type, status) => {
    expect(await receipts({ Message: awsEvent(type) })).toEqual([{ reference, status }]);
  });

  it.each([
    ['TEXT_CARRIER_BLOCKED', 'failed'],
    ['TEXT_PROTECT_BLOCKED', 'failed'],
    ['VOICE_NO_ANSWER', 'failed'],
    ['TEXT_TTL_EXPIRED', 'expired'],
  ])('event %s is %s, and why, once that is final', async (type, status) => {
    expect(await receipts({ Message: awsEvent(type) })).toEqual([
      { reference, status, reason: type },
    ]);
    expect(await receipts({ Message: awsEvent(type, { isFinal: false }) })).toEqual([
      { reference, status: 'unknown' },
    ]);
  });

  it.each([
    '',
    '[]',
    '{}',
    'hello',
    ...[undefined, {}, { reference: '../x' }].map((context) =>
      awsEvent('TEXT_DELIVERED', { context }),
    ),
  ])('signed, but about no message of ours: nothing (%s)', async (Message) => {
    expect(await receipts({ Message })).toEqual([]);
  });

  it('refuses what was changed, and what another signed', async () => {
    const changes = [
      'Message',
      'MessageId',
      'Timestamp',
      'Subject',
      'Type',
      'Signature',
      'SignatureVersion',
      'TopicArn',
    ];
    for (const name of changes)
      expect(await receipts({}, { [name]: awsEvent('TEXT_SENT') })).toBeNull();
    for (const name of changes.filter((one) => one !== 'Subject'))
      expect(await receipts({}, { [name]: undefined })).toBeNull();
    expect(await receipts({}, { SignatureVersion: '1' })).toBeNull();
    expect(await topic.receipts(new FakeSns().post())).toBeNull();
    expect(await topic.receipts({ ...sns.post(), method: 'GET' })).toBeNull();
  });

  it('refuses another topic, though SNS signed it, and asks nobody for its certificate', async () => {
    for (const TopicArn of [
      TOPIC.replace('codes', 'others'),
      TOPIC.replace('123456789012', '210987654321'),
      `${TOPIC}x`,
      '',
    ]) {
      expect(await receipts({ TopicArn })).toBeNull();
      expect(await receipts({ ...CONFIRMATION, TopicArn })).toBeNull();
    }
    expect(sns.asked).toEqual([]);
  });

  it.each([
    CERTIFICATE.replace('https', 'http'),
    CERTIFICATE.replace(HOST, 'evil.example'),
    CERTIFICATE.replace(HOST, `${HOST}.evil.example`),
    CERTIFICATE.replace(HOST, `evil.example/${HOST}`),
    CERTIFICATE.replace(HOST, `${HOST}@evil.example`),
    CERTIFICATE.replace(HOST, `${HOST}:444`),
    CERTIFICATE.replace(HOST, 'sns.us-east-1.amazonaws.com'),
    CERTIFICATE.replace(HOST, 'bucket.s3.eu-central-1.amazonaws.com'),
    CERTIFICATE.replace('Simple', '../Simple'),
    `${CERTIFICATE}?x`,
    `${CERTIFICATE}\n`,
    '',
  ])('takes no certificate from %j, and does not even ask', async (SigningCertURL) => {
    expect(await receipts({ SigningCertURL })).toBeNull();
    expect(sns.asked).toEqual([]);
  });

  it('refuses a certificate that is not there, is none, has run out, or holds no RSA key', async () => {
    expect(await receipts({ SigningCertURL: CERTIFICATE.replace('a.pem', 'b.pem') })).toBeNull();
    for (const fake of [new FakeSns('ec'), new FakeSns('rsa', '20210101000000Z')]) {
      expect(await topicAt(fake).receipts(fake.post({}, {}))).toBeNull();
    }
    sns.fault = { outcome: 'answered', status: 200, headers: new Headers(), body: '<html/>' };
    expect(await receipts()).toBeNull();
  });

  it.each(['lost', 'not_sent', 500] as const)(
    'has SNS come again when it cannot be asked: %s',
    async (trouble) => {
      sns.fault =
        typeof trouble === 'number'
          ? { outcome: 'answered', status: trouble, headers: new Headers(), body: '' }
          : { outcome: trouble };
      await expect(receipts()).rejects.toMatchObject({ code: 'provider_unavailable' });
      sns.fault = undefined;
      expect(await receipts()).toEqual(delivered);
    },
  );

  it('fetches one certificate at a time, and that once', async () => {
    const other = receipts({ SigningCertURL: CERTIFICATE.replace('a.pem', 'b.pem') });
    await expect(receipts()).rejects.toMatchObject({ code: 'provider_unavailable' });
    await other;
    expect(await Promise.all(Array.from({ length: 50 }, () => receipts()))).toEqual(
      Array(50).fill(delivered),
    );
    expect(sns.asked).toHaveLength(2);
  });

  it('keeps what it needs, whatever old certificates strangers name before', async () => {
    sns.expired = new FakeSns('rsa', '20210101000000Z');
    for (let number = 0; number < 10; number += 1) {
      expect(
        await receipts({ SigningCertURL: CERTIFICATE.replace('a.pem', `${number}.pem`) }),
      ).toBeNull();
    }
    const before = sns.asked.length;
    for (let time = 0; time < 3; time += 1) expect(await receipts()).toEqual(delivered);
    expect(sns.asked).toHaveLength(before + 1);
  });

  describe('a subscription', () => {
    const CONFIRM = `https://${HOST}/?Action=ConfirmSubscription&Version=2010-03-31&TopicArn=${encodeURIComponent(TOPIC)}&Token=a+token`;

    it('of the topic is confirmed, at an address of our own making', async () => {
      expect(
        await receipts({
          ...CONFIRMATION,
          SubscribeURL: 'https://evil.example/?Action=ConfirmSubscription',
        }),
      ).toEqual([]);
      expect(sns.asked).toEqual([CERTIFICATE, CONFIRM]);
    });

    it('that nobody signed is not', async () => {
      expect(await receipts(CONFIRMATION, { Token: 'another' })).toBeNull();
      expect(await receipts(CONFIRMATION, { SubscribeURL: 'https://evil.example/' })).toBeNull();
      expect(sns.asked).toEqual([CERTIFICATE]);
    });

    it('is asked for again when it could not be, and the operator hears', async () => {
      await receipts();
      sns.fault = { outcome: 'lost' };
      await expect(receipts(CONFIRMATION)).rejects.toMatchObject({ code: 'provider_unavailable' });
      expect(sentences).toHaveLength(1);
    });

    it('that has ended is told to the operator', async () => {
      expect(await receipts({ ...CONFIRMATION, Type: 'UnsubscribeConfirmation' })).toEqual([]);
      expect(sentences.join()).toContain('no more receipts');
      expect(sns.asked).toEqual([CERTIFICATE]);
    });
  });

  it('takes no nonsense, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (body) => {
        expect(await topic.receipts({ ...sns.post(), body: Buffer.from(body) })).toBeNull();
      }),
    );
  });
});

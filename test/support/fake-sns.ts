import { createSign } from 'node:crypto';
import type { boundedFetch, Exchange } from '../../src/common/net/bounded-fetch.js';
import type { ReceiptRequest } from '../../src/messaging/receipts/receipt.js';
import { selfSigned } from './self-signed.js';

export const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:codes';
export const HOST = 'sns.eu-central-1.amazonaws.com';
export const CERTIFICATE = `https://${HOST}/SimpleNotificationService-${'a'.repeat(32)}.pem`;

type Fields = Record<string, string | undefined>;

const CONFIRMATIONS = ['SubscriptionConfirmation', 'UnsubscribeConfirmation'];
const answer = (status: number, body: string): Exchange => ({
  outcome: 'answered',
  status,
  headers: new Headers(),
  body,
});

/** An event of AWS End User Messaging about a message of ours. */
export const awsEvent = (eventType: string, change: object = {}): string =>
  JSON.stringify({
    eventType,
    eventVersion: '1.0',
    eventTimestamp: 1_686_975_103_470,
    isFinal: true,
    originationPhoneNumber: '+12065550152',
    destinationPhoneNumber: '+14155550100',
    messageId: '862a8790-60c0-4430-9b2b-658bdexample',
    messageStatus: 'X',
    context: { reference: 'AAECAwQFBgcICQoLDA0ODw' },
    totalMessageParts: 1,
    ...change,
  });

/** Amazon SNS as a subscriber sees it: what it posts, and what it answers when it is asked. */
export class FakeSns {
  /** Addresses it was asked at, in order. */
  readonly asked: string[] = [];
  /** In place of an answer to whatever is asked. */
  fault: Exchange | undefined;
  /** Whose certificate is found at every other address; nobody's unless told. */
  expired: FakeSns | undefined;
  private readonly own;

  constructor(kind: 'ec' | 'rsa' = 'rsa', until?: string) {
    this.own = selfSigned('sns.amazonaws.com', kind, until);
  }

  readonly fetch: typeof boundedFetch = (url) => {
    this.asked.push(url.href);
    if (this.fault) return Promise.resolve(this.fault);
    if (url.pathname.endsWith('.pem')) {
      const holder = url.href === CERTIFICATE ? this : this.expired;
      return Promise.resolve(holder ? answer(200, holder.own.cert) : answer(403, '<Error/>'));
    }
    return Promise.resolve(answer(200, '<ConfirmSubscriptionResponse/>'));
  };

  /** A message, signed. A field of `forged` is changed after that; undefined: it goes. */
  post(fields: Fields = {}, forged: Fields = {}): ReceiptRequest {
    const message: Fields = {
      Type: 'Notification',
      MessageId: 'da41e39f-ea4d-435a-b922-c6aae3915ebe',
      TopicArn: TOPIC,
      Message: awsEvent('TEXT_DELIVERED'),
      Timestamp: '2026-03-01T12:00:00.000Z',
      SignatureVersion: '2',
      SigningCertURL: CERTIFICATE,
      ...fields,
    };
    const names = CONFIRMATIONS.includes(message['Type'] ?? '')
      ? ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
    const text = names
      .filter((name) => message[name] !== undefined)
      .map((name) => `${name}\n${message[name]}\n`)
      .join('');
    const sign = createSign(message['SignatureVersion'] === '1' ? 'sha1' : 'sha256').update(text);
    const body = JSON.stringify({
      ...message,
      Signature: sign.sign(this.own.key, 'base64'),
      ...forged,
    });
    return {
      method: 'POST',
      url: 'https://accounts.example.com/delivery/aws',
      headers: { 'content-type': 'text/plain; charset=UTF-8' },
      body: Buffer.from(body),
      now: new Date('2026-03-01T12:00:00Z'),
    };
  }
}

import { createVerify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { bounded } from '../../../common/text/bounded.js';
import { jsonFields } from '../gateway-callback.js';

const text = bounded('callback');
const Message = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: text,
  TopicArn: text,
  Message: text,
  Subject: text.nullish(),
  Timestamp: text,
  Token: text.optional(),
  SubscribeURL: text.optional(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: text,
  SigningCertURL: text,
});

/** What Amazon SNS posts to a subscriber (SNS, "HTTP/HTTPS JSON format"). */
export type SnsMessage = z.infer<typeof Message>;

/**
 * Reads a body; undefined when it is no message of SNS. Nothing of it is to be believed before its
 * signature.
 */
export const readSnsMessage = (body: Buffer): SnsMessage | undefined =>
  Message.safeParse(jsonFields(body)).data;

const OF_NOTIFICATIONS = [
  'Message',
  'MessageId',
  'Subject',
  'Timestamp',
  'TopicArn',
  'Type',
] as const;
const OF_CONFIRMATIONS = [
  'Message',
  'MessageId',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
] as const;
const ALGORITHMS: Readonly<Record<SnsMessage['SignatureVersion'], string>> = {
  '1': 'RSA-SHA1',
  '2': 'RSA-SHA256',
};

/**
 * Whether the holder of this key signed the message (SNS, "Verifying the signatures of Amazon SNS
 * messages").
 */
export function isSignedBySns(message: SnsMessage, key: KeyObject): boolean {
  const verifier = createVerify(ALGORITHMS[message.SignatureVersion]).update(signedTextOf(message));
  return verifier.verify(key, message.Signature, 'base64');
}

/**
 * Names and values of the fields that are there, each on a line of its own, in the order of the
 * names.
 */
function signedTextOf(message: SnsMessage): string {
  const names = message.Type === 'Notification' ? OF_NOTIFICATIONS : OF_CONFIRMATIONS;
  const given = names.filter((name) => (message[name] ?? null) !== null);
  return given.map((name) => `${name}\n${message[name] ?? ''}\n`).join('');
}

import { createHmac } from 'node:crypto';
import type { ReceiptRequest } from '../../src/messaging/vendors/sms-sender.js';

type Form = Readonly<Record<string, string>>;

export const CALLBACK_URL = 'https://accounts.example.com/delivery/twilio/AAECAwQFBgcICQoLDA0ODw';

/** The form of a receipt for a text. */
export const textReceipt = (change: Form = {}): Form => ({
  AccountSid: 'AC00000000000000000000000000000001',
  ApiVersion: '2010-04-01',
  From: '+14155550199',
  MessageSid: 'SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  MessageStatus: 'delivered',
  SmsSid: 'SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  SmsStatus: 'delivered',
  To: '+14155550100',
  ...change,
});

/** The form of a receipt for a call. */
export const callReceipt = (change: Form = {}): Form => ({
  AccountSid: 'AC00000000000000000000000000000001',
  CallSid: 'CAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  CallStatus: 'completed',
  CallDuration: '12',
  To: '+14155550100',
  ...change,
});

/**
 * Twilio's signature over an address and a form, as its own client (twilio-node, webhooks) makes
 * it: names in order, and of a name that is there several times each different value once, in
 * order.
 */
export function signatureOf(authToken: string, url: string, form: Form | URLSearchParams): string {
  const params = new URLSearchParams(form);
  const fields = [...new Set(params.keys())].sort().flatMap((name) => {
    const values = [...new Set(params.getAll(name))].sort();
    return values.map((value) => `${name}${value}`);
  });
  return createHmac('sha1', authToken)
    .update(url + fields.join(''))
    .digest('base64');
}

/** The callback as it arrives; signed for its own address unless told. */
export function deliver(
  form: Form,
  authToken: string,
  url = CALLBACK_URL,
  signedUrl = url,
): ReceiptRequest {
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': signatureOf(authToken, signedUrl, form),
    },
    body: Buffer.from(new URLSearchParams(form).toString()),
    now: new Date('2026-03-01T12:00:00Z'),
  };
}

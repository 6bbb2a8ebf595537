import { createHmac } from 'node:crypto';
import type { ReceiptRequest } from '../../src/messaging/vendors/sms-sender.js';

export const CALLBACK_URL = 'https://accounts.example.com/delivery/http/AAECAwQFBgcICQoLDA0ODw';

export interface Delivery {
  secret: string;
  now: Date;
  /** When it was signed; `now` unless told. */
  signedAt?: Date;
  form?: boolean;
  url?: string;
}

/** A callback as it arrives, signed as our settings ask for it. */
export function deliver(fields: object, delivery: Delivery): ReceiptRequest {
  const { secret, now, signedAt = now, form = false, url = CALLBACK_URL } = delivery;
  const entries = Object.entries(fields).map(([name, value]) => [name, String(value)]);
  const body = Buffer.from(form ? new URLSearchParams(entries).toString() : JSON.stringify(fields));
  const timestamp = `${Math.floor(signedAt.getTime() / 1000)}`;
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json; charset=utf-8';
  const headers = {
    'content-type': type,
    'x-timestamp': timestamp,
    'x-signature': signatureOf(secret, timestamp, body),
  };
  return { method: 'POST', url, headers, body, now };
}

export const signatureOf = (secret: string, timestamp: string, body: Buffer): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;

import { createHmac } from 'node:crypto';
import type { ReceiptRequest } from '../../src/messaging/vendors/sms-sender.js';

type Params = Record<string, string>;

/** The three ways in which Vonage brings a receipt, as the account chose. */
export type Way = 'GET' | 'POST form' | 'POST JSON';

const DAY = { 'message-timestamp': '2026-03-01 12:00:00', scts: '2603011200' };

/** The parameters of a delivery receipt for our message. */
export const receiptOf = (change: Params = {}): Params => ({
  msisdn: '14155550100',
  to: 'AcmeInc',
  'network-code': '12345',
  messageId: '0A0000001234567B',
  price: '0.03330000',
  status: 'delivered',
  'err-code': '0',
  'api-key': 'abcd1234',
  'client-ref': 'AAECAwQFBgcICQoLDA0ODw',
  ...DAY,
  ...change,
});

/**
 * Adds nonce, time (unless there is one) and signature, as Vonage does for accounts with the method
 * "SHA-256 HMAC".
 */
export function sign(params: Params, secret: string, now: Date): Params {
  const timestamp = `${Math.floor(now.getTime() / 1000)}`;
  const signed: Params = { nonce: 'ec11dd3e-1e7f-4db5-9467-82b02cd223b9', timestamp, ...params };
  let text = '';
  for (const name of Object.keys(signed).sort())
    text += `&${name}=${signed[name]!.replaceAll('&', '_').replaceAll('=', '_')}`;
  return { ...signed, sig: createHmac('sha256', secret).update(text).digest('hex').toUpperCase() };
}

/** The callback as it arrives at the address that the text named. */
export function deliver(params: Params, way: Way, now: Date): ReceiptRequest {
  const url = 'https://accounts.example.com/delivery/vonage/AAECAwQFBgcICQoLDA0ODw';
  const form = new URLSearchParams(params).toString();
  if (way === 'GET')
    return { method: 'GET', url: `${url}?${form}`, headers: {}, body: Buffer.alloc(0), now };
  const isJson = way === 'POST JSON';
  const type = isJson ? 'application/json' : 'application/x-www-form-urlencoded';
  const body = Buffer.from(isJson ? JSON.stringify(params) : form);
  return { method: 'POST', url, headers: { 'content-type': type }, body, now };
}

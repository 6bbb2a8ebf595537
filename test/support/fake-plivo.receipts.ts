import { createHmac } from 'node:crypto';
import type { ReceiptRequest } from '../../src/messaging/vendors/sms-sender.js';

type Form = Readonly<Record<string, string>>;

export const CALLBACK_URL = 'https://accounts.example.com/delivery/plivo/AAECAwQFBgcICQoLDA0ODw';
export const NONCE = '05429567804466091622';

/** The form of a receipt. */
export const plivoForm = (change: Readonly<Record<string, string | undefined>> = {}): Form =>
  defined({
    Status: 'delivered',
    MessageUUID: '5b40a428-bfc7-4daf-9d06-726c558bf3b8',
    To: '14155550100',
    From: '14155550199',
    ErrorCode: '000',
    Units: '1',
    ...change,
  });

const defined = (form: Readonly<Record<string, string | undefined>>): Form =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Plivo's signature of version 3 over an address without a query, and a form. */
export function signatureV3(authToken: string, form: Form, url = CALLBACK_URL): string {
  const fields = Object.keys(form)
    .sort()
    .map((name) => `${name}${form[name]}`)
    .join('');
  return createHmac('sha256', authToken).update(`${url}?${fields}.${NONCE}`).digest('base64');
}

/** Plivo's signature of version 2: over the address alone. */
export const signatureV2 = (authToken: string, url = CALLBACK_URL): string =>
  createHmac('sha256', authToken)
    .update(url + NONCE)
    .digest('base64');

/** The callback as it arrives, with the headers of a signature by lower-case name. */
export const deliver = (
  form: Form,
  headers: ReceiptRequest['headers'],
  url = CALLBACK_URL,
): ReceiptRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: Buffer.from(new URLSearchParams(form).toString()),
  now: new Date('2026-03-01T12:00:00Z'),
});

/** The headers of version 3, signed by the account's own token. */
export const sealV3 = (signature: string): ReceiptRequest['headers'] => ({
  'x-plivo-signature-v3': signature,
  'x-plivo-signature-v3-nonce': NONCE,
});

export const sealV2 = (signature: string): ReceiptRequest['headers'] => ({
  'x-plivo-signature-v2': signature,
  'x-plivo-signature-v2-nonce': NONCE,
});

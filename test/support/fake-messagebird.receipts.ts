import { createHash, createHmac } from 'node:crypto';
import type { ReceiptRequest } from '../../src/messaging/vendors/sms-sender.js';

const HEADER = { alg: 'HS256', typ: 'JWT' };

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/** A token as MessageBird makes it (RFC 7515, compact form). */
export function makeToken(claims: object, key: string, header: object = HEADER): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

/** The address that a status report asks for. */
export const reportUrl = (change: Record<string, string> = {}): string => {
  const query = new URLSearchParams({
    id: 'e8077d803532c0b5937c639b60216938',
    reference: 'AAECAwQFBgcICQoLDA0ODw',
    recipient: '14155550100',
    status: 'delivered',
    statusDatetime: '2026-03-01T12:00:00+00:00',
    ...change,
  });
  return `https://accounts.example.com/delivery/messagebird/AAECAwQFBgcICQoLDA0ODw?${query}`;
};

/** The claims that MessageBird makes about a request: good for a minute. */
export function claimsOf(url: string, body: Buffer, at: Date): Record<string, unknown> {
  const nbf = Math.floor(at.getTime() / 1000);
  const claims = {
    iss: 'MessageBird',
    nbf,
    exp: nbf + 60,
    jti: '59a244dc-e9ad-4e23-9778-371faa238f72',
    url_hash: sha256(url),
  };
  return body.length === 0 ? claims : { ...claims, payload_hash: sha256(body) };
}

/** The report as it arrives, signed with a token. */
export const deliver = (
  url: string,
  token: string | undefined,
  now: Date,
  body: Buffer = Buffer.alloc(0),
): ReceiptRequest => ({
  method: body.length === 0 ? 'GET' : 'POST',
  url,
  headers: { 'messagebird-signature-jwt': token },
  body,
  now,
});

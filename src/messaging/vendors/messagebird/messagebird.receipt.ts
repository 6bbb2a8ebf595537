import { createHash } from 'node:crypto';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import { isSameInConstantTime } from '../../../common/constant-time.js';
import { bounded } from '../../../common/text/bounded.js';
import { queryFields, reasonWord, receiptOf, statusBy } from '../gateway-callback.js';
import type { Receipt, ReceiptRequest } from '../sms-sender.js';

/**
 * MessageBird, "SMS API" and "Voice Messaging API", the status of a recipient: texts first, then
 * calls.
 */
const statusOf = statusBy({
  queued: ['scheduled'],
  sent: ['sent', 'buffered', 'calling'],
  delivered: ['delivered', 'answered'],
  expired: ['expired'],
  failed: ['delivery_failed', 'busy', 'machine', 'failed'],
});

const Fields = z.object({
  reference: bounded('word').regex(/^[A-Za-z0-9_-]{22}$/),
  status: bounded('word'),
  statusErrorCode: bounded('word').optional(),
  statusReason: bounded('word').optional(),
});

/**
 * The receipt in a status report, a GET with a query: null when it is not signed with the key,
 * empty when it is not ours.
 */
export async function readMessageBirdReceipt(
  request: ReceiptRequest,
  signingKey: string,
): Promise<Receipt[] | null> {
  if (!(await isSigned(request, signingKey))) return null;
  const { data } = Fields.safeParse(Object.fromEntries(queryFields(request.url) ?? []));
  if (!data) return [];
  const reason = reasonWord(data.statusErrorCode) ?? reasonWord(data.statusReason) ?? data.status;
  return [receiptOf(data.reference, statusOf(data.status), reason)];
}

const Claims = z.object({
  nbf: z.number(),
  exp: z.number(),
  jti: bounded('word').min(1),
  url_hash: bounded('word'),
  payload_hash: bounded('word').optional(),
});

/**
 * Whether a request bears a `MessageBird-Signature-JWT` made with the signing key for this very
 * address and body, now; clocks may differ by 5 seconds, as MessageBird's own client lets them
 * (messagebird-nodejs, `clockTolerance`). It may come twice: receipts do no harm when repeated, so
 * `jti` needs to be there but is not remembered.
 */
async function isSigned(
  { url, headers, body, now }: ReceiptRequest,
  signingKey: string,
): Promise<boolean> {
  const rules = {
    algorithms: ['HS256'],
    issuer: 'MessageBird',
    clockTolerance: 5,
    currentDate: now,
  };
  const token = headers['messagebird-signature-jwt'] ?? '';
  // The compact form has no padding (RFC 7515), which jose would let pass.
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return false;
  const verified = await jwtVerify(token, Buffer.from(signingKey), rules).catch(() => undefined);
  const claims = Claims.safeParse(verified?.payload).data;
  if (!claims || !isSameInConstantTime(sha256(url), claims.url_hash)) return false;
  // Without a body there is no claim about it.
  return claims.payload_hash === undefined
    ? body.length === 0
    : isSameInConstantTime(sha256(body), claims.payload_hash);
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

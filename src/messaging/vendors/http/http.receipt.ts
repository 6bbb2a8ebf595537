import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { bounded } from '../../../common/text/bounded.js';
import { isSameInConstantTime } from '../../../common/constant-time.js';
import {
  formFields,
  isRecent,
  jsonFields,
  reasonWord,
  receiptOf,
  referenceOf,
  statusBy,
} from '../gateway-callback.js';
import type { Receipt, ReceiptRequest } from '../sms-sender.js';
import type { GatewayStatus } from './http-gateway.js';

/** Words that gateways use, those of SMPP's delivery receipts (3.4, appendix B) included. */
const usualStatusOf = statusBy({
  queued: ['queued', 'accepted', 'acceptd', 'pending', 'scheduled'],
  sent: ['sent', 'submitted', 'sending', 'buffered', 'enroute'],
  delivered: ['delivered', 'delivrd', 'read'],
  failed: [
    'failed',
    'undelivered',
    'undeliv',
    'undeliverable',
    'error',
    'rejected',
    'rejectd',
    'deleted',
    'canceled',
    'cancelled',
  ],
  expired: ['expired'],
});

const word = z.union([bounded('word'), z.number()]).transform(String);
const Fields = z.object({
  status: word,
  reason: word.optional().catch(undefined),
  reference: bounded('word').optional().catch(''),
});

/**
 * The receipt in a callback, JSON or a form with `status`, and `reason` and `reference` if the
 * gateway likes; null when it is not signed with the secret, or not within five minutes. A
 * reference must be that of the address, which the signature doesn't cover.
 */
export function readHttpReceipt(
  request: ReceiptRequest,
  { secret, statuses }: { secret: string; statuses: ReadonlyMap<string, GatewayStatus> },
): Receipt[] | null {
  if (!isSigned(request, secret)) return null;
  const fields = Fields.safeParse(fieldsOf(request)).data;
  const reference = referenceOf(request);
  if (fields?.reference !== undefined && fields.reference !== reference) return null;
  if (fields === undefined || reference === undefined) return [];

  const given = fields.status.trim();
  const status = statuses.get(given) ?? usualStatusOf(given.toLowerCase());
  return [receiptOf(reference, status, reasonWord(fields.reason))];
}

/**
 * `X-Signature: sha256=HEX` is the HMAC-SHA256 of `X-Timestamp`, a dot and the body as it came. The
 * timestamp counts seconds since 1970.
 */
function isSigned({ method, headers, body, now }: ReceiptRequest, secret: string): boolean {
  const timestamp = headers['x-timestamp'] ?? '';
  const right = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
  if (method !== 'POST' || !isSameInConstantTime(`sha256=${right}`, headers['x-signature'] ?? ''))
    return false;
  return isRecent(timestamp, now);
}

function fieldsOf({ headers, body }: ReceiptRequest): unknown {
  if (/\bjson\b/i.test(headers['content-type'] ?? '')) return jsonFields(body);
  return Object.fromEntries(formFields(body.toString('utf8')) ?? []);
}

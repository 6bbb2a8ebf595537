import { z } from 'zod';
import { bounded } from '../../../common/text/bounded.js';
import { queryFields } from '../callback-fields.js';
import { reasonWord } from '../gateway-callback.js';
import { isSignedByMessageBird } from './messagebird.jwt.js';
import type { Receipt, ReceiptRequest } from '../sms-sender.js';

/**
 * MessageBird, "SMS API" and "Voice Messaging API", the status of a recipient: texts first, then
 * calls.
 */
const STATUSES: ReadonlyMap<string, Receipt['status']> = new Map<string, Receipt['status']>([
  ['scheduled', 'queued'],
  ['sent', 'sent'],
  ['buffered', 'sent'],
  ['delivered', 'delivered'],
  ['expired', 'expired'],
  ['delivery_failed', 'failed'],
  ['calling', 'sent'],
  ['answered', 'delivered'],
  ['busy', 'failed'],
  ['machine', 'failed'],
  ['failed', 'failed'],
]);

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
export function readMessageBirdReceipt(
  request: ReceiptRequest,
  signingKey: string,
): Receipt[] | null {
  if (!isSignedByMessageBird(request, signingKey)) return null;

  const { data } = Fields.safeParse(Object.fromEntries(queryFields(request.url) ?? []));
  if (!data) return [];
  const status = STATUSES.get(data.status) ?? 'unknown';
  const hasFailed = status === 'failed' || status === 'expired';
  const reason = reasonWord(data.statusErrorCode) ?? reasonWord(data.statusReason) ?? data.status;
  return [{ reference: data.reference, status, reason: hasFailed ? reason : undefined }];
}

import { z } from 'zod';
import { reasonWord } from './gateway-callback.js';
import { isSignedByMessageBird } from './messagebird.jwt.js';
import type { Receipt, ReceiptRequest } from './sms-sender.js';

/** MessageBird, "SMS API" and "Voice Messaging API", the status of a recipient: texts first, then calls. */
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
  reference: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  status: z.string(),
  statusErrorCode: z.string().optional(),
  statusReason: z.string().optional(),
});

/** The receipt in a status report, a GET with a query: null when it is not signed with the key, empty when it is not ours. */
export function readMessageBirdReceipt(request: ReceiptRequest, signingKey: string): Receipt[] | null {
  if (!isSignedByMessageBird(request, signingKey)) return null;

  const { data } = Fields.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!data) return [];
  const status = STATUSES.get(data.status) ?? 'unknown';
  const hasFailed = status === 'failed' || status === 'expired';
  const reason = reasonWord(data.statusErrorCode) ?? reasonWord(data.statusReason) ?? data.status;
  return [{ reference: data.reference, status, reason: hasFailed ? reason : undefined }];
}

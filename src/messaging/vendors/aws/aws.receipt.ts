import { z } from 'zod';
import { bounded } from '../../../common/text/bounded.js';
import { readJson } from '../gateway-reply.js';
import type { Receipt } from '../sms-sender.js';

/**
 * AWS End User Messaging, "Event types for SMS, MMS, and voice". `SUCCESSFUL`: the carrier took it,
 * the phone may not have.
 */
const STATUSES: ReadonlyMap<string, Receipt['status']> = new Map<string, Receipt['status']>([
  ['TEXT_QUEUED', 'queued'],
  ['TEXT_PENDING', 'sent'],
  ['TEXT_SENT', 'sent'],
  ['TEXT_SUCCESSFUL', 'sent'],
  ['TEXT_DELIVERED', 'delivered'],
  ['TEXT_INVALID', 'failed'],
  ['TEXT_INVALID_MESSAGE', 'failed'],
  ['TEXT_UNREACHABLE', 'failed'],
  ['TEXT_CARRIER_UNREACHABLE', 'failed'],
  ['TEXT_BLOCKED', 'failed'],
  ['TEXT_CARRIER_BLOCKED', 'failed'],
  ['TEXT_SPAM', 'failed'],
  ['TEXT_PROTECT_BLOCKED', 'failed'],
  ['TEXT_TTL_EXPIRED', 'expired'],
  ['VOICE_INITIATED', 'sent'],
  ['VOICE_RINGING', 'sent'],
  ['VOICE_ANSWERED', 'delivered'],
  ['VOICE_COMPLETED', 'delivered'],
  ['VOICE_BUSY', 'failed'],
  ['VOICE_NO_ANSWER', 'failed'],
  ['VOICE_FAILED', 'failed'],
  ['VOICE_TTL_EXPIRED', 'expired'],
]);

const Event = z.object({
  eventType: bounded('word'),
  isFinal: z.boolean().optional().catch(undefined),
  context: z.object({ reference: bounded('word').regex(/^[\w-]{22}$/) }),
});

/**
 * The receipt in an event, at most one; none in an event about a message that is not ours. What is
 * not final has not failed.
 */
export function awsReceipt(text: string): Receipt[] {
  const event = Event.safeParse(readJson(text)).data;
  if (!event) return [];
  const {
    eventType,
    isFinal,
    context: { reference },
  } = event;
  const status = STATUSES.get(eventType) ?? 'unknown';
  if (status !== 'failed' && status !== 'expired') return [{ reference, status }];
  return isFinal === false
    ? [{ reference, status: 'unknown' }]
    : [{ reference, status, reason: eventType }];
}

import { z } from 'zod';
import { bounded } from '../../../common/text/bounded.js';
import { readJson } from '../gateway-answer.js';
import { receiptOf, statusBy } from '../gateway-callback.js';
import type { Receipt } from '../sms-sender.js';

/**
 * AWS End User Messaging, "Event types for SMS, MMS, and voice". `SUCCESSFUL`: the carrier took it,
 * the phone may not have.
 */
const statusOf = statusBy({
  queued: ['TEXT_QUEUED'],
  sent: ['TEXT_PENDING', 'TEXT_SENT', 'TEXT_SUCCESSFUL', 'VOICE_INITIATED', 'VOICE_RINGING'],
  delivered: ['TEXT_DELIVERED', 'VOICE_ANSWERED', 'VOICE_COMPLETED'],
  expired: ['TEXT_TTL_EXPIRED', 'VOICE_TTL_EXPIRED'],
  failed: [
    'TEXT_INVALID',
    'TEXT_INVALID_MESSAGE',
    'TEXT_UNREACHABLE',
    'TEXT_CARRIER_UNREACHABLE',
    'TEXT_BLOCKED',
    'TEXT_CARRIER_BLOCKED',
    'TEXT_SPAM',
    'TEXT_PROTECT_BLOCKED',
    'VOICE_BUSY',
    'VOICE_NO_ANSWER',
    'VOICE_FAILED',
  ],
});

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
  const receipt = receiptOf(event.context.reference, statusOf(event.eventType), event.eventType);
  const isOver = receipt.reason === undefined || event.isFinal !== false;
  return [isOver ? receipt : receiptOf(receipt.reference, 'unknown')];
}

import { reasonWord } from '../gateway-callback.js';
import type { Receipt } from '../sms-sender.js';

/**
 * MessageStatus and CallStatus (Twilio, "Message resource", "Call resource"); a `completed` call is
 * one that was answered.
 */
const STATUSES: ReadonlyMap<string, Receipt['status']> = new Map<string, Receipt['status']>([
  ['accepted', 'queued'],
  ['scheduled', 'queued'],
  ['queued', 'queued'],
  ['initiated', 'queued'],
  ['sending', 'sent'],
  ['sent', 'sent'],
  ['ringing', 'sent'],
  ['in-progress', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['completed', 'delivered'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
  ['busy', 'failed'],
  ['no-answer', 'failed'],
]);

/** "Validity period expired": the message waited longer than its code works. */
const EXPIRED = '30036';

/**
 * What a signed callback's form says of a message; a call that failed has its status for a reason.
 */
export function twilioReceipt(reference: string, form: URLSearchParams): Receipt {
  const word = form.get('MessageStatus') ?? form.get('SmsStatus') ?? form.get('CallStatus') ?? '';
  const status = STATUSES.get(word) ?? 'unknown';
  if (status !== 'failed') return { reference, status };
  const code = form.get('ErrorCode');
  if (code === EXPIRED) return { reference, status: 'expired', reason: code };
  return { reference, status, reason: reasonWord(code) ?? word };
}

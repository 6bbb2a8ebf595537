import { reasonWord } from '../gateway-callback.js';
import type { Receipt } from '../sms-sender.js';

/**
 * Plivo, "Message status callbacks", `Status`; "Call status", `CallStatus`: a `completed` call is
 * one that was answered.
 */
const STATUSES: ReadonlyMap<string, Receipt['status']> = new Map<string, Receipt['status']>([
  ['queued', 'queued'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['rejected', 'failed'],
  ['ringing', 'sent'],
  ['in-progress', 'sent'],
  ['completed', 'delivered'],
  ['busy', 'failed'],
  ['no-answer', 'failed'],
  ['timeout', 'failed'],
  ['cancel', 'failed'],
]);

/** "Message expired": it waited in Plivo's queue longer than its code works. */
const EXPIRED = '420';

/** What a signed callback's form says of a message. */
export function plivoReceipt(reference: string, form: URLSearchParams): Receipt {
  const word = form.get('Status') ?? form.get('CallStatus') ?? '';
  const status = STATUSES.get(word) ?? 'unknown';
  if (status !== 'failed') return { reference, status };
  const code = form.get('ErrorCode');
  return {
    reference,
    status: code === EXPIRED ? 'expired' : status,
    reason: reasonWord(code) ?? word,
  };
}

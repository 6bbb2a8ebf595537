import { createHmac } from 'node:crypto';
import { isSameInConstantTime } from '../../../common/constant-time.js';
import { reasonWord, receiptOf, statusBy } from '../gateway-callback.js';
import type { Receipt } from '../sms-sender.js';

/**
 * MessageStatus and CallStatus (Twilio, "Message resource", "Call resource"); a `completed` call is
 * one that was answered.
 */
const statusOf = statusBy({
  queued: ['accepted', 'scheduled', 'queued', 'initiated'],
  sent: ['sending', 'sent', 'ringing', 'in-progress'],
  delivered: ['delivered', 'read', 'completed'],
  failed: ['undelivered', 'failed', 'canceled', 'busy', 'no-answer'],
});

/** "Validity period expired": the message waited longer than its code works. */
const EXPIRED = '30036';

/**
 * What a signed callback's form says of a message; a call that failed has its status for a reason.
 */
export function twilioReceipt(reference: string, form: URLSearchParams): Receipt {
  const word = form.get('MessageStatus') ?? form.get('SmsStatus') ?? form.get('CallStatus') ?? '';
  const code = form.get('ErrorCode');
  const status = statusOf(word);
  const isExpired = status === 'failed' && code === EXPIRED;
  return receiptOf(reference, isExpired ? 'expired' : status, reasonWord(code) ?? word);
}

/**
 * Whether Twilio signed a callback: `X-Twilio-Signature` is the base64 of HMAC-SHA1 over the
 * address and the form's fields, sorted by name (Twilio, "Webhooks security"). The address may have
 * been signed with or without its port.
 */
export function isSignedByTwilio(
  authToken: string,
  signature: string,
  url: string,
  form: URLSearchParams,
): boolean {
  const fields = fieldsOf(form);
  const sign = (address: string) =>
    createHmac('sha1', authToken)
      .update(address + fields)
      .digest('base64');
  return spellingsOf(url).some((address) => isSameInConstantTime(sign(address), signature));
}

function fieldsOf(form: URLSearchParams): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of form) values.set(name, (values.get(name) ?? new Set()).add(value));
  return [...values.keys()]
    .sort()
    .flatMap((name) => [...(values.get(name) ?? [])].sort().map((value) => name + value))
    .join('');
}

const ADDRESS = /^(https?:\/\/)(\[[^\]]*\]|[^:/?#]*)(:\d+)?(.*)$/s;

function spellingsOf(url: string): string[] {
  const [, scheme = '', host = '', port, rest = ''] = ADDRESS.exec(url) ?? [];
  const ownPort = scheme === 'https://' ? ':443' : ':80';
  return [scheme + host + rest, scheme + host + (port ?? ownPort) + rest];
}

import { createHmac } from 'node:crypto';
import { isSameInConstantTime } from '../../../common/constant-time.js';
import { queryFields, reasonWord, receiptOf, statusBy } from '../gateway-callback.js';
import type { Receipt, ReceiptRequest } from '../sms-sender.js';

/**
 * Plivo, "Message status callbacks", `Status`; "Call status", `CallStatus`: a `completed` call is
 * one that was answered.
 */
const statusOf = statusBy({
  queued: ['queued'],
  sent: ['sent', 'ringing', 'in-progress'],
  delivered: ['delivered', 'read', 'completed'],
  failed: ['undelivered', 'failed', 'rejected', 'busy', 'no-answer', 'timeout', 'cancel'],
});

/** "Message expired": it waited in Plivo's queue longer than its code works. */
const EXPIRED = '420';

/** What a signed callback's form says of a message. */
export function plivoReceipt(reference: string, form: URLSearchParams): Receipt {
  const word = form.get('Status') ?? form.get('CallStatus') ?? '';
  const code = form.get('ErrorCode');
  const status = statusOf(word);
  const isExpired = status === 'failed' && code === EXPIRED;
  return receiptOf(reference, isExpired ? 'expired' : status, reasonWord(code) ?? word);
}

/**
 * Whether Plivo signed a callback with the token of the account or of its main account ("Ma")
 * (Plivo, "Signature validation"). Version 3 covers the address, the form's fields and a nonce;
 * version 2, which Plivo documents for texts, the address and a nonce only. What bears version 3
 * must pass by it: else whoever saw a signature of version 2 could change the fields.
 */
export function isSignedByPlivo(
  authToken: string,
  request: ReceiptRequest,
  form: URLSearchParams,
): boolean {
  const { method, url, headers } = request;
  const seal = sealOf(headers, 'v3') ?? sealOf(headers, 'v2');
  if (method !== 'POST' || !seal) return false;
  const signed = seal.version === 'v3' ? textOf(url, form) : pathOf(url);
  if (signed === undefined) return false;
  const text = seal.version === 'v3' ? `${signed}.${seal.nonce}` : `${signed}${seal.nonce}`;
  const right = createHmac('sha256', authToken).update(text).digest('base64');
  return seal.signatures.some((signature) => isSameInConstantTime(right, signature));
}

/** Of two tokens, each of the account and of its main account: more is no change of tokens. */
const MOST_SIGNATURES = 8;

interface Seal {
  version: 'v2' | 'v3';
  nonce: string;
  /** Several while a token is being changed. */
  signatures: readonly string[];
}

function sealOf(headers: ReceiptRequest['headers'], version: Seal['version']): Seal | undefined {
  const nonce = headers[`x-plivo-signature-${version}-nonce`];
  const both = [
    headers[`x-plivo-signature-${version}`],
    headers[`x-plivo-signature-ma-${version}`],
  ];
  const given = both.filter((value) => value !== undefined);
  if (nonce === undefined && given.length === 0) return undefined;
  const signatures = given
    .join(',')
    .split(',', MOST_SIGNATURES)
    .map((signature) => signature.trim());
  return { version, nonce: nonce ?? '', signatures };
}

function textOf(url: string, form: URLSearchParams): string | undefined {
  const given = queryFields(url);
  if (!given) return undefined;
  const query = sorted(given)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const fields = sorted(form)
    .map(([name, value]) => name + value)
    .join('');
  const parts = [query, fields].filter((part) => part !== '');
  return parts.length === 0 ? pathOf(url) : `${pathOf(url)}?${parts.join('.')}`;
}

const pathOf = (url: string): string => url.replace(/[?#].*$/s, '');

/** By name, then by value, both by code unit. */
function sorted(params: URLSearchParams): [string, string][] {
  const byUnit = (a: string, b: string) => Number(a > b) - Number(a < b);
  return [...params].sort(([a, x], [b, y]) => byUnit(a, b) || byUnit(x, y));
}

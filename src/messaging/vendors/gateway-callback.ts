import type { ReceiptRequest } from './sms-sender.js';

/**
 * Our name for the message that a callback is about: the last segment of the address the gateway
 * was given.
 */
export function referenceOf({ url }: Pick<ReceiptRequest, 'url'>): string | undefined {
  const path = url.replace(/[?#].*$/s, '');
  return /\/([A-Za-z0-9_-]{22})\/?$/.exec(path)?.[1];
}

/**
 * A gateway's word or number for a failure, as a receipt keeps it: at most 40 characters, spaces as
 * `_`; undefined for what is no such word, and for what may hold a phone number.
 */
export function reasonWord(text: string | null | undefined): string | undefined {
  const word = text?.trim().replace(/\s+/g, '_') ?? '';
  return /^[\w.-]{1,40}$/.test(word) && !/\d{7}/.test(word) ? word : undefined;
}

import { minutes } from '../../common/clock.js';
import { parseJsonBody } from '../../common/text/json-body.js';
import type { Receipt, ReceiptRequest } from './sms-sender.js';

/**
 * Our name for the message that a callback is about: the last segment of the address the gateway
 * was given.
 */
export function referenceOf({ url }: Pick<ReceiptRequest, 'url'>): string | undefined {
  const path = url.replace(/[?#].*$/s, '');
  return /\/([A-Za-z0-9_-]{22})\/?$/.exec(path)?.[1];
}

type Status = Receipt['status'];

/** Our word for a status by a gateway's own; `unknown` for one that it does not document. */
export function statusBy(
  words: Readonly<Partial<Record<Status, readonly string[]>>>,
): (word: string) => Status {
  const statuses = new Map(
    Object.entries(words).flatMap(([status, theirs]) =>
      theirs.map((word) => [word, status as Status] as const),
    ),
  );
  return (word) => statuses.get(word) ?? 'unknown';
}

/** What a callback says of a message; only a failure has a reason. */
export const receiptOf = (reference: string, status: Status, reason?: string): Receipt =>
  status === 'failed' || status === 'expired'
    ? { reference, status, reason }
    : { reference, status };

/**
 * A gateway's word or number for a failure, as a receipt keeps it: at most 40 characters, spaces as
 * `_`; undefined for what is no such word, and for what may hold a phone number.
 */
export function reasonWord(text: string | null | undefined): string | undefined {
  const word = text?.trim().replace(/\s+/g, '_') ?? '';
  return /^[\w.-]{1,40}$/.test(word) && !/\d{7}/.test(word) ? word : undefined;
}

/**
 * How long a signature is believed, before and after its time: Vonage's own client takes callbacks
 * of at most that age (vonage-java-sdk, RequestSigning).
 */
const BELIEVED = minutes(5);

/** Whether a signature's time, in seconds since 1970, is about now. */
export const isRecent = (timestamp: string, now: Date): boolean =>
  /^\d{1,12}$/.test(timestamp) && Math.abs(now.getTime() - Number(timestamp) * 1000) <= BELIEVED;

/** Fields of one callback: Twilio, which sends most, sends about 30. */
const MOST_FIELDS = 100;

/**
 * A form or a query that a gateway sent; undefined for more fields than any sends: what is signed
 * is sorted first.
 */
export function formFields(text: string): URLSearchParams | undefined {
  return text.split('&', MOST_FIELDS + 1).length > MOST_FIELDS
    ? undefined
    : new URLSearchParams(text);
}

/** The query of an address a gateway called. */
export const queryFields = (url: string): URLSearchParams | undefined =>
  formFields(/\?([^#]*)/.exec(url)?.[1] ?? '');

/**
 * A JSON body that a gateway sent; undefined for what is none, or has more in it than any sends.
 */
export function jsonFields(body: Buffer): unknown {
  try {
    return parseJsonBody(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

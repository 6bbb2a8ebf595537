import type { ReceiptRequest } from './receipt.js';

/** What is used of a gateway's request here: services of this room know no HTTP framework. */
export interface Callback {
  method: string;
  originalUrl: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it came; only these routes get it unread. */
  body?: unknown;
}

/** The request as its gateway signed it: with the address that it was given. */
export const requestOf = (
  publicUrl: string,
  { method, originalUrl, headers, body }: Callback,
): Omit<ReceiptRequest, 'now'> => ({
  method,
  url: `${publicUrl}${originalUrl}`,
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  ),
  body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
});

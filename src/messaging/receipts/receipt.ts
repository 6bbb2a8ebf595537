/** Where a message stands, as its gateway says. */
export interface Receipt {
  /** Our own name for the message. */
  reference: string;
  status: 'queued' | 'sent' | 'delivered' | 'failed' | 'expired' | 'unknown';
  /** The gateway's own short word or number for a failure, e.g. `30003`; at most 40 characters. */
  reason?: string;
}

/** A gateway's callback as it arrived. */
export interface ReceiptRequest {
  method: string;
  /** The whole address as the gateway was given it: PUBLIC_URL, path and query. */
  url: string;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
  now: Date;
}

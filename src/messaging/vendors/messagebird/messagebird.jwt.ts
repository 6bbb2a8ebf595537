import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { bounded } from '../../../common/text/bounded.js';
import { isSameInConstantTime } from '../constant-time.js';
import { readJson } from '../gateway-reply.js';
import type { ReceiptRequest } from '../sms-sender.js';

/**
 * Seconds that MessageBird's own client lets clocks differ (messagebird-nodejs, `clockTolerance`).
 */
const TOLERANCE = 5;

const Header = z.object({ alg: z.literal('HS256') });
const Claims = z.object({
  iss: z.literal('MessageBird'),
  nbf: z.number(),
  exp: z.number(),
  jti: bounded('word').min(1),
  url_hash: bounded('word'),
  payload_hash: bounded('word').optional(),
});

/**
 * Whether a request bears a `MessageBird-Signature-JWT` (RFC 7519, HS256 only) made with the
 * signing key for this very address and body, now. It may come twice: receipts do no harm when
 * repeated, so `jti` needs to be there but is not remembered.
 */
export function isSignedByMessageBird(
  { url, headers, body, now }: ReceiptRequest,
  signingKey: string,
): boolean {
  const [header = '', payload = '', signature = '', ...rest] = (
    headers['messagebird-signature-jwt'] ?? ''
  ).split('.', 4);
  const expected = createHmac('sha256', signingKey)
    .update(`${header}.${payload}`)
    .digest('base64url');
  if (rest.length > 0 || !isSameInConstantTime(expected, signature)) return false;

  const claims = Claims.safeParse(decode(payload)).data;
  if (!Header.safeParse(decode(header)).success || !claims) return false;
  return (
    isCurrent(claims, now) &&
    isSameInConstantTime(sha256(url), claims.url_hash) &&
    isAbout(body, claims.payload_hash)
  );
}

const decode = (part: string): unknown => readJson(Buffer.from(part, 'base64url').toString('utf8'));

function isCurrent({ nbf, exp }: z.infer<typeof Claims>, now: Date): boolean {
  const seconds = now.getTime() / 1000;
  return nbf - TOLERANCE <= seconds && seconds < exp + TOLERANCE;
}

/** Without a body there is no claim about it. */
function isAbout(body: Buffer, payloadHash: string | undefined): boolean {
  return payloadHash === undefined
    ? body.length === 0
    : isSameInConstantTime(sha256(body), payloadHash);
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

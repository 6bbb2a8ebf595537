import { createHmac, randomBytes } from 'node:crypto';
import type { KeyRing } from '../../config/keys/key-ring.js';

export type CodeKeys = Pick<KeyRing, 'for'>;

const DIGITS = 6;
const CODES = 10 ** DIGITS;
const UNBIASED = Math.floor(2 ** 32 / CODES) * CODES;

/** A challenge's nonce: the id of the key that will make its code, and 128 random bits. */
export const newNonce = (keys: CodeKeys): string =>
  `${keys.for('code').current.id}.${randomBytes(16).toString('base64url')}`;

/**
 * The 6 digits of a nonce for a number: HMAC-SHA256, counted up until a 32-bit value falls below
 * the largest multiple of 10^6 (rejection sampling, so that no code is likelier than another).
 * Undefined when the key is gone.
 */
export function codeOf(keys: CodeKeys, nonce: string, phoneNumber: string): string | undefined {
  const key = keys.for('code').find(nonce.split('.')[0] ?? '');
  if (key === undefined) return undefined;
  for (let counter = 0; ; counter += 1) {
    const digest = createHmac('sha256', key.secret)
      .update(`${nonce}|${phoneNumber}|${counter}`)
      .digest();
    const value = digest.readUInt32BE(0);
    if (value < UNBIASED) return `${value % CODES}`.padStart(DIGITS, '0');
  }
}

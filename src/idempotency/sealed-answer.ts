import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyRing } from '../config/keys/key-ring.js';

const CIPHER = 'aes-256-gcm';
const IV_LENGTH = 12;
const TAG_LENGTH = 16;

/** Whose an answer is: the row it stands in, and the caller's own key, which is stored nowhere. */
export interface SealedFor {
  name: string;
  key: string;
}

/** Encrypts an answer, in base64. It takes SECRET_KEY *and* the caller's key to read it. */
export function seal(keys: KeyRing, owner: SealedFor, text: string): string {
  const iv = randomBytes(IV_LENGTH);
  const cipher = createCipheriv(CIPHER, secretOf(keys, owner), iv).setAAD(Buffer.from(owner.name));
  return Buffer.concat([
    iv,
    cipher.update(text, 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString('base64');
}

/** What was sealed. Throws when a bit of it, the row or the key is another. */
export function unseal(keys: KeyRing, owner: SealedFor, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv(CIPHER, secretOf(keys, owner), bytes.subarray(0, IV_LENGTH), {
    authTagLength: TAG_LENGTH,
  })
    .setAAD(Buffer.from(owner.name))
    .setAuthTag(bytes.subarray(-TAG_LENGTH));
  return Buffer.concat([
    decipher.update(bytes.subarray(IV_LENGTH, -TAG_LENGTH)),
    decipher.final(),
  ]).toString('utf8');
}

const secretOf = (keys: KeyRing, { key }: SealedFor): Buffer =>
  Buffer.from(hkdfSync('sha256', keys.for('answer').current.secret, '', `answer\0${key}`, 32));

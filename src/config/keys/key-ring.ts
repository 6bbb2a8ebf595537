import { createHmac, hkdfSync } from 'node:crypto';

export type KeyUse = 'password' | 'code' | 'fingerprint' | 'bot-check' | 'device' | 'answer';

export interface Key {
  /** Eight hex digits that name the key and tell nothing of it. */
  id: string;
  secret: Buffer;
}

/** The key that signs, and a look-up by id of all that are still understood. */
export interface KeysOfUse {
  current: Key;
  find: (id: string) => Key | undefined;
}

/**
 * The keys of SECRET_KEY for one use each, told apart by HKDF (RFC 5869). The first one
 * signs.
 */
export class KeyRing {
  private readonly cache = new Map<KeyUse, KeysOfUse>();

  constructor(private readonly secrets: readonly string[]) {}

  for(use: KeyUse): KeysOfUse {
    const cached = this.cache.get(use);
    if (cached) return cached;
    const keys = this.secrets.map((secret) => ({
      id: derive(secret, 'id').toString('hex').slice(0, 8),
      secret: derive(secret, use),
    }));
    const [current] = keys;
    if (current === undefined) throw new Error('No secret key.');
    const made = { current, find: (id: string) => keys.find((key) => key.id === id) };
    this.cache.set(use, made);
    return made;
  }

  /**
   * A keyed name for a value that must not be stored as it is, 32 hex digits; stable while the
   * first key stays.
   */
  fingerprint(kind: string, value: string): string {
    const { secret } = this.for('fingerprint').current;
    return createHmac('sha256', secret).update(`${kind}\0${value}`).digest('hex').slice(0, 32);
  }
}

const derive = (secret: string, use: KeyUse | 'id'): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'ringback', use, 48));

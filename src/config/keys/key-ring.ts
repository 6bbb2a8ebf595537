import { createHmac, hkdfSync } from 'node:crypto';

export type KeyUse = 'password' | 'code' | 'fingerprint' | 'bot-check' | 'device' | 'answer';

export interface Key {
  /** Eight hex digits that name the key and tell nothing of it. */
  id: string;
  secret: Buffer;
}

/**
 * The keys of SECRET_KEY for one use each, told apart by HKDF (RFC 5869). The first signs, the
 * others are still understood.
 */
export class KeyRing {
  private readonly cache = new Map<string, Key[]>();

  constructor(private readonly secrets: readonly string[]) {}

  /** What the password hasher and others need: the current key and a look-up by id. */
  for(use: KeyUse): { current: Key; find: (id: string) => Key | undefined } {
    const keys = this.keys(use);
    const [current] = keys;
    if (current === undefined) throw new Error('No secret key.');
    return { current, find: (id) => keys.find((key) => key.id === id) };
  }

  /**
   * A keyed name for a value that must not be stored as it is, 32 hex digits; stable while the
   * first key stays.
   */
  fingerprint(kind: string, value: string): string {
    const { secret } = this.for('fingerprint').current;
    return createHmac('sha256', secret).update(`${kind}\0${value}`).digest('hex').slice(0, 32);
  }

  private keys(use: KeyUse): Key[] {
    let keys = this.cache.get(use);
    if (keys === undefined) {
      keys = this.secrets.map((secret) => ({
        id: derive(secret, 'id').toString('hex').slice(0, 8),
        secret: derive(secret, use),
      }));
      this.cache.set(use, keys);
    }
    return keys;
  }
}

const derive = (secret: string, use: KeyUse | 'id'): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'ringback', use, 48));

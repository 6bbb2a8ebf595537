import { createHmac, randomBytes } from 'node:crypto';
import { compare, hash } from 'bcrypt';
import { normalForm } from '../../common/text/normal-form.js';
import type { Key, KeysOfUse } from '../../config/keys/key-ring.js';
import { isTooLong } from '../../common/limits/text-limits.js';
import { matchesDjangoPassword, parseDjangoPassword } from './django-password.js';
import { HashQueue } from './hash-queue.js';

/** First part of a hash: `bcrypt-hmac-sha384$KEYID$$2b$12$…`. */
export const PASSWORD_SCHEME = 'bcrypt-hmac-sha384';

/** Costs above 16 take seconds: nobody chose them, so such a hash is damaged. */
const STORED = new RegExp(
  `^${PASSWORD_SCHEME}\\$([A-Za-z0-9_-]+)\\$(\\$2b\\$(0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53})$`,
);
const UNUSABLE = '!';

/**
 * Slow, keyed password hashes: bcrypt over base64(HMAC-SHA384(secret, NFC(password))), 64 bytes,
 * since bcrypt cuts at 72. Every `verify` costs one slow hash, whatever is stored. Methods throw
 * `busy` when too many hashes wait.
 */
export class PasswordHasher {
  private readonly prefix: string;
  /** A well-formed hash of nothing, of today's cost. */
  private readonly dummy: string;

  constructor(
    private readonly options: { cost: number; keys: KeysOfUse },
    private readonly queue: HashQueue = new HashQueue(),
  ) {
    this.prefix = `${PASSWORD_SCHEME}$${options.keys.current.id}$`;
    this.dummy = `$2b$${String(options.cost).padStart(2, '0')}$${'.'.repeat(53)}`;
    if (!STORED.test(`${this.prefix}${this.dummy}`))
      throw new RangeError('bcrypt cost must be 4 to 16, and a key id letters, digits, _ and -.');
  }

  /** The text to store: scheme, key id, bcrypt hash. */
  async hash(password: string): Promise<string> {
    const { current } = this.options.keys;
    const bcrypt = await this.queue.run(() => hash(preHash(password, current), this.options.cost));
    return `${this.prefix}${bcrypt}`;
  }

  /**
   * Stored for an account without a password: nothing ever matches it. Random, so that two such
   * rows don't look alike.
   */
  unusable(): string {
    return `${UNUSABLE}${randomBytes(30).toString('base64url')}`;
  }

  /**
   * Whether the password matches. Null (no such user), unusable, unknown and damaged hashes cost as
   * much and never match; neither does a password that is too long, in whose place nothing is
   * hashed.
   */
  async verify(password: string, stored: string | null): Promise<boolean> {
    const isHopeless = isTooLong(password, 'password');
    const matches = await this.matches(isHopeless ? '' : password, stored);
    return matches && !isHopeless;
  }

  private async matches(password: string, stored: string | null): Promise<boolean> {
    const django = stored === null ? null : parseDjangoPassword(stored);
    if (django) return this.queue.run(() => matchesDjangoPassword(password, django));
    const [, keyId, bcrypt] = STORED.exec(stored ?? '') ?? [];
    const key = keyId === undefined ? undefined : this.options.keys.find(keyId);
    if (key === undefined || bcrypt === undefined) return this.compareInVain(password);
    return this.queue.run(() => compare(preHash(password, key), bcrypt));
  }

  /** Whether a hash that just matched was made with another cost, key or scheme than today's. */
  needsRehash(stored: string): boolean {
    const [, , bcrypt, cost] = STORED.exec(stored) ?? [];
    return (
      bcrypt === undefined || Number(cost) !== this.options.cost || !stored.startsWith(this.prefix)
    );
  }

  private async compareInVain(password: string): Promise<false> {
    await this.queue.run(() => compare(preHash(password, this.options.keys.current), this.dummy));
    return false;
  }
}

const preHash = (password: string, { secret }: Key): string =>
  createHmac('sha384', secret).update(normalForm(password, 'NFC')).digest('base64');

import { pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);
const HASH_LENGTH = 32;
/**
 * Well above what Django itself asks for: a stored number must not be able to hold a core for long.
 */
const MAX_ITERATIONS = 2_000_000;

/** A password hash of a Django site: `pbkdf2_sha256$iterations$salt$hash`, the hash in base64. */
export interface DjangoPassword {
  iterations: number;
  salt: string;
  hash: Buffer;
}

/**
 * The parts of a hash in Django's form; null for any other text, and for iteration counts outside 1
 * to 2,000,000.
 */
export function parseDjangoPassword(stored: string): DjangoPassword | null {
  const [, count, salt, encoded] =
    /^pbkdf2_sha256\$([1-9][0-9]{0,6})\$([^$]+)\$([A-Za-z0-9+/]{43}=)$/.exec(stored) ?? [];
  if (
    count === undefined ||
    salt === undefined ||
    encoded === undefined ||
    Number(count) > MAX_ITERATIONS
  )
    return null;
  return { iterations: Number(count), salt, hash: Buffer.from(encoded, 'base64') };
}

/** Whether the password, byte for byte as typed (Django does not normalise), has this hash. */
export async function matchesDjangoPassword(
  password: string,
  { iterations, salt, hash }: DjangoPassword,
): Promise<boolean> {
  return timingSafeEqual(await derive(password, salt, iterations, HASH_LENGTH, 'sha256'), hash);
}

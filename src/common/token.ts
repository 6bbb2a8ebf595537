import { hash, randomBytes } from 'node:crypto';

/**
 * A new bearer secret: 256 random bits in base64url, 43 characters (ASVS 7.2.3 asks for 128 bits).
 */
export const newToken = (): string => randomBytes(32).toString('base64url');

/**
 * A new name for something that is no secret but must not be guessed: 128 random bits, 22
 * characters.
 */
export const newReference = (): string => randomBytes(16).toString('base64url');

/**
 * What is stored of a token: SHA-256 in hex. The token's own entropy makes a slow hash needless.
 */
export const hashToken = (token: string): string => hash('sha256', token, 'hex');

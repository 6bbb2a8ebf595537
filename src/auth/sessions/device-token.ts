import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Key, KeyRing } from '../../config/keys/key-ring.js';

/** A device as its token names it. */
export interface NamedDevice {
  userId: number;
  reference: string;
}

/** A browser holds one token for each of its last accounts, in one cookie. */
export const MOST_TOKENS = 5;
const BETWEEN = '~';
const SHAPE = /^([0-9a-f]{8})\.([1-9]\d{0,15})\.([\w-]{22})\.([\w-]{43})$/;

/** `KEYID.USERID.REFERENCE.MAC`, signed by the first key. */
export function signDevice(keys: KeyRing, { userId, reference }: NamedDevice): string {
  const { current } = keys.for('device');
  const name = `${userId}.${reference}`;
  return `${current.id}.${name}.${macOf(current, name).toString('base64url')}`;
}

/**
 * The devices of whose tokens the signature holds, by any key of the ring; whatever else was sent
 * is no error.
 */
export function readDevices(keys: KeyRing, sent: string): NamedDevice[] {
  return splitTokens(sent).flatMap((token) => {
    const [, keyId = '', userId = '', reference = '', mac = ''] = SHAPE.exec(token) ?? [];
    const key = keys.for('device').find(keyId);
    if (
      !key ||
      !timingSafeEqual(macOf(key, `${userId}.${reference}`), Buffer.from(mac, 'base64url'))
    )
      return [];
    return [{ userId: Number(userId), reference }];
  });
}

/**
 * The tokens a browser is to hold after it got one, newest first: one for each account, the oldest
 * dropped.
 */
export function addToken(sent: string, token: string): string {
  const others = splitTokens(sent).filter(
    (other) => SHAPE.test(other) && accountOf(other) !== accountOf(token),
  );
  return [token, ...others].slice(0, MOST_TOKENS).join(BETWEEN);
}

const splitTokens = (sent: string): string[] => sent.split(BETWEEN, MOST_TOKENS);

const accountOf = (token: string): string | undefined => token.split('.')[1];

const macOf = ({ secret }: Key, name: string): Buffer =>
  createHmac('sha256', secret).update(name).digest();

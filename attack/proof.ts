import { z } from 'zod';
import { after, days } from '../src/common/clock.js';
import { newToken } from '../src/common/token.js';
import { KeyRing } from '../src/config/keys/key-ring.js';
import type { Settings } from '../src/config/settings.js';
import { UsageRefusal } from '../src/cli/command-refusal.js';

/** Where the target serves the token (RFC 8615). */
export const WELL_KNOWN = '/.well-known/ringback-attack.txt';

const LIFE = days(7);

const proofSchema = z.strictObject({
  origin: z.string(),
  token: z.string().min(1),
  until: z.iso.datetime(),
  signature: z.string(),
});
type Statement = Omit<z.infer<typeof proofSchema>, 'signature'>;

/**
 * A statement, good for a week, that the holder of this SECRET_KEY attacks `origin`. Its token
 * tells nothing of the key.
 */
export function makeProof(origin: string, settings: Settings, now: Date): string {
  const statement = { origin, token: newToken(), until: after(now, LIFE).toISOString() };
  return `${JSON.stringify({ ...statement, signature: sign(statement, settings) }, null, 2)}\n`;
}

/**
 * The token of a proof for `origin`. Throws UsageRefusal for one that is no proof, another's, or
 * too old.
 */
export function readProof(text: string, origin: string, settings: Settings, now: Date): string {
  const { signature, ...statement } = parse(text);
  if (signature !== sign(statement, settings))
    throw new UsageRefusal('The proof was not signed with this SECRET_KEY.');
  if (statement.origin !== origin)
    throw new UsageRefusal(`The proof is for ${statement.origin}, not for ${origin}.`);
  if (new Date(statement.until) < now)
    throw new UsageRefusal('The proof is too old: make a new one with --prove.');
  return statement.token;
}

function parse(text: string): z.infer<typeof proofSchema> {
  try {
    return proofSchema.parse(JSON.parse(text));
  } catch {
    throw new UsageRefusal('The file holds no proof: make one with --prove.');
  }
}

const sign = ({ origin, token, until }: Statement, { secretKeys }: Settings): string =>
  new KeyRing(secretKeys).fingerprint('attack-proof', [origin, token, until].join('\n'));

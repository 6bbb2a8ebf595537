import { z } from 'zod';
import { bounded } from '../common/text/bounded.js';
import { isTooLong } from '../common/limits/text-limits.js';

const hex = bounded('word').regex(/^(?:[\da-f]{2}){1,64}$/);

// Every parameter by name: the signature alone would let through whatever a later version may sign
// for another purpose.
const answer = z.object({
  challenge: z.object({
    parameters: z.strictObject({
      algorithm: z.literal('PBKDF2/SHA-256'),
      cost: z.int(),
      data: z.strictObject({ key: bounded('word'), until: z.int() }),
      keyLength: z.int(),
      keyPrefix: hex,
      keySignature: hex,
      nonce: hex,
      salt: hex,
    }),
    signature: hex,
  }),
  solution: z.object({ counter: z.int(), derivedKey: hex, time: z.number().default(0) }),
});

export type ProofOfWorkAnswer = z.infer<typeof answer>;

/** An ALTCHA v2 payload: JSON in base64. Null for anything else. */
export function parseAnswer(text: string): ProofOfWorkAnswer | null {
  if (isTooLong(text, 'puzzle')) return null;
  try {
    return answer.parse(JSON.parse(Buffer.from(text, 'base64').toString('utf8')));
  } catch {
    return null;
  }
}

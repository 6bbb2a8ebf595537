import { randomInt } from 'node:crypto';
import { after, type Clock } from '../common/clock.js';
import type { Key, KeyRing } from '../config/keys/key-ring.js';
import { PUZZLE_LIFE, type BotCheck, type BotTask, type Verdict } from './bot-check.js';
import { parseAnswer } from './proof-of-work.answer.js';

/**
 * Iterations of one step: long enough that a browser spends its time on hashing and not on calls.
 */
const ITERATIONS = 1000;

/**
 * Work for the client's processor and no third party, in the terms of ALTCHA v2: derive keys
 * (PBKDF2) until one begins as told. Nothing is stored for a puzzle: it is signed, and any instance
 * with the same keys can judge it.
 */
export class ProofOfWork implements BotCheck {
  /** `difficulty` is the number of steps at most; at least half as many are needed. */
  constructor(
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly difficulty: number,
  ) {}

  async newTask(): Promise<BotTask & { name: 'proof-of-work' }> {
    const { createChallenge, deriveKey } = await altcha();
    const { current } = this.keys.for('bot-check');
    const expiresAt = after(this.clock.now(), PUZZLE_LIFE);
    const { parameters, signature = '' } = await createChallenge({
      algorithm: 'PBKDF2/SHA-256',
      cost: ITERATIONS,
      counter: randomInt(Math.ceil(this.difficulty / 2), this.difficulty + 1),
      // Not in the library's own `expiresAt`, which it compares with the machine's clock.
      data: { key: current.id, until: expiresAt.getTime() },
      deriveKey,
      ...secretsOf(current),
    });
    return {
      name: 'proof-of-work',
      puzzle: { parameters: { ...parameters }, signature },
      expiresAt,
    };
  }

  async verify(text: string): Promise<Verdict> {
    const answer = parseAnswer(text);
    const { nonce, data } = answer?.challenge.parameters ?? {};
    const key = data && this.keys.for('bot-check').find(data.key);
    if (!answer || nonce === undefined || !key || data.until <= this.clock.now().getTime())
      return { outcome: 'refused' };
    const { verifySolution, deriveKey } = await altcha();
    const { verified } = await verifySolution({ ...answer, deriveKey, ...secretsOf(key) });
    return verified ? { outcome: 'passed', once: nonce } : { outcome: 'refused' };
  }
}

// Loaded with the first puzzle: where none is asked for, it would only slow the start.
async function altcha() {
  const [{ createChallenge, verifySolution }, { deriveKey }] = await Promise.all([
    import('altcha-lib'),
    import('altcha-lib/algorithms/pbkdf2'),
  ]);
  return { createChallenge, verifySolution, deriveKey };
}

/**
 * One secret signs the puzzle, the other the key to be found, which is judged by it without
 * deriving it again.
 */
const secretsOf = ({ secret }: Key) => ({
  hmacSignatureSecret: secret.toString('hex', 0, 24),
  hmacKeySignatureSecret: secret.toString('hex', 24),
});

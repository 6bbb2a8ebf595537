import { AppError } from '../common/errors/app-error.js';
import type { Challenge } from './challenge.entity.js';

type Over = 'expired' | 'used' | 'withdrawn';

const NOTHING_LEFT: Record<Over, string> = {
  expired: 'This code has expired. Ask for a new one.',
  used: 'This code was used already. Nothing is left to confirm with it.',
  withdrawn: 'This code was withdrawn, because the account has changed since. Ask for a new one.',
};

/**
 * Why the code of a challenge works no more; for the session whose challenge it is, and nobody else
 * (docs/rules.md 6).
 */
export const overOf = ({ consumedAt, canceledAt }: Challenge): Over =>
  consumedAt !== null ? 'used' : canceledAt !== null ? 'withdrawn' : 'expired';

/** `no_pending_confirmation`, with the reason at `code` where there was one to confirm. */
export function nothingPending(challenge: Challenge | null): AppError {
  if (!challenge) return new AppError('no_pending_confirmation');
  const over = overOf(challenge);
  const detail = NOTHING_LEFT[over];
  return new AppError('no_pending_confirmation', {
    detail,
    fields: [{ field: 'code', code: over, detail }],
  });
}

const EARLIER: Record<Over | 'replaced', string> = {
  expired: 'it came with an earlier message, and has expired',
  used: 'it came with an earlier message, and was used already',
  withdrawn: 'it came with an earlier message, and was withdrawn',
  replaced: 'it came with an earlier message, and was replaced',
};

/**
 * `wrong_code` for the code of an earlier challenge of the same session: it says what became of
 * that one.
 */
export function earlierCode(challenge: Challenge, now: Date, attemptsLeft: number): AppError {
  const isReplaced =
    challenge.consumedAt === null && challenge.canceledAt === null && challenge.expiresAt > now;
  const code = isReplaced ? 'replaced' : overOf(challenge);
  const detail = `Verification code is incorrect: ${EARLIER[code]}. Enter the code of the newest message.`;
  return new AppError('wrong_code', {
    detail,
    attemptsLeft,
    fields: [{ field: 'code', code, detail }],
  });
}

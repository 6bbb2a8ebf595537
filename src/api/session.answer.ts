import type { CurrentSession } from '../auth/current-session.js';
import type { PendingProof } from '../auth/pending-proof.js';
import { userAnswer } from './user.answer.js';

/** What a challenge shows of itself; the number is masked. */
export const confirmationAnswer = (pending: PendingProof) => ({
  purpose: pending.purpose,
  channel: pending.channel,
  phone_hint: pending.phoneHint,
  sent_at: pending.sentAt?.toISOString() ?? null,
  resend_at: pending.resendAt.toISOString(),
  expires_at: pending.expiresAt.toISOString(),
  attempts_left: pending.attemptsLeft,
  notice: pending.notice,
  delivery: pending.delivery,
  channels: [...pending.channels],
});

/** The session answer of the contract; `token` only when one was just made, `user` only when active. */
export const sessionAnswer = ({ session, user, state }: CurrentSession, pending: PendingProof | null, token?: string) => ({
  ...(token === undefined ? {} : { token }),
  state,
  expires_at: session.expiresAt.toISOString(),
  confirmation: pending && confirmationAnswer(pending),
  ...(state === 'active' ? { user: userAnswer(user) } : {}),
});

import type { CurrentSession, OpenedSession } from '../auth/current-session.js';
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

/** What every call that opens or shows a session answers; `user` only when active. */
export const sessionAnswer = ({ session, user, state }: CurrentSession, pending: PendingProof | null) => ({
  state,
  expires_at: session.expiresAt.toISOString(),
  confirmation: pending && confirmationAnswer(pending),
  ...(state === 'active' ? { user: userAnswer(user) } : {}),
});

/** The same where a token was just made; `device_token` once a log-in got in. */
export const openedAnswer = (opened: OpenedSession, pending: PendingProof | null) => ({
  token: opened.token,
  ...(opened.deviceToken === null ? {} : { device_token: opened.deviceToken }),
  ...sessionAnswer(opened, pending),
});

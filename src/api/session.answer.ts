import { Injectable } from '@nestjs/common';
import type { CurrentSession, OpenedSession } from '../auth/sessions/current-session.js';
import type { PendingProof } from '../auth/factors/pending-proof.js';
import { mayGiveNumber } from '../auth/taken-numbers.service.js';
import { endOf, lastEndOf } from '../auth/sessions/session-life.js';
import { Settings } from '../config/settings.js';
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

/**
 * What every call that opens or shows a session answers; `user` only when active, `may_give_number`
 * only where `PUT /session/phone-number` is open.
 */
@Injectable()
export class SessionAnswers {
  constructor(private readonly settings: Settings) {}

  of(current: CurrentSession, pending: PendingProof | null) {
    return {
      state: current.state,
      expires_at: endOf(current, this.settings.sessions).toISOString(),
      absolute_expires_at: lastEndOf(current).toISOString(),
      confirmation: pending && confirmationAnswer(pending),
      ...(mayGiveNumber(current) ? { may_give_number: true } : {}),
      ...(current.state === 'active' ? { user: userAnswer(current.user) } : {}),
    };
  }

  /** The same where a token was just made; `device_token` once a log-in got in. */
  opened(opened: OpenedSession, pending: PendingProof | null) {
    const device = opened.deviceToken === null ? {} : { device_token: opened.deviceToken };
    return { token: opened.token, ...device, ...this.of(opened, pending) };
  }
}

import { Injectable } from '@nestjs/common';
import type { CurrentSession, OpenedSession } from '../auth/sessions/current-session.js';
import type { PendingProof } from '../auth/factors/factor.js';
import { mayGiveNumber } from '../auth/taken-numbers.service.js';
import { endOf, lastEndOf } from '../auth/sessions/session-life.js';
import { Settings } from '../config/settings.js';
import { userAnswer } from './user.answer.js';

/** What is to be confirmed; the parts of a message only where one brings the code. */
export const confirmationAnswer = ({
  purpose,
  expiresAt,
  attemptsLeft,
  message,
}: PendingProof) => ({
  purpose,
  ...(message && {
    channel: message.channel,
    phone_hint: message.phoneHint,
    sent_at: message.sentAt?.toISOString() ?? null,
    resend_at: message.resendAt.toISOString(),
  }),
  expires_at: expiresAt.toISOString(),
  attempts_left: attemptsLeft,
  ...(message && {
    notice: message.notice,
    delivery: message.delivery,
    channels: [...message.channels],
  }),
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

  /** The same with a new token, and with `device_token` after a complete log-in. */
  opened(opened: OpenedSession, pending: PendingProof | null) {
    const device = opened.deviceToken === null ? {} : { device_token: opened.deviceToken };
    return { token: opened.token, ...device, ...this.of(opened, pending) };
  }
}

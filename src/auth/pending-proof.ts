import { maskPhoneNumber } from '../common/phone-number.js';
import type { Challenge, Channel, Notice, Purpose } from '../phone-verification/challenge.entity.js';

/** A challenge as faces may see it: the number masked, nothing of the code. */
export interface PendingProof {
  purpose: Purpose;
  channel: Channel;
  phoneHint: string;
  /** When a message last went out; null when none did. */
  sentAt: Date | null;
  resendAt: Date;
  expiresAt: Date;
  attemptsLeft: number;
  sentCount: number;
  notice: Notice | null;
  /** A code can be typed in; a dead one only says what to ask for again. */
  isLive: boolean;
}

export const pendingProof = (challenge: Challenge, isLive: boolean): PendingProof => ({
  purpose: challenge.purpose,
  channel: challenge.channel,
  phoneHint: maskPhoneNumber(challenge.phoneNumber),
  sentAt: challenge.sentAt,
  resendAt: challenge.resendAt,
  expiresAt: challenge.expiresAt,
  attemptsLeft: challenge.attemptsLeft,
  sentCount: challenge.sentCount,
  notice: challenge.notice,
  isLive,
});

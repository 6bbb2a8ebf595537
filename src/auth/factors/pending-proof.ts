import { maskPhoneNumber } from '../../common/phone/phone-number.js';
import { limitSentence } from '../../common/text/limit-sentence.js';
import { SIX_DIGITS, type CodeLength } from '../../common/text/typed-code.js';
import type { Purpose } from '../../common/purpose.js';
import type { Challenge, Channel, Notice } from '../../phone-verification/challenge.entity.js';

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
  /** What is full, in a sentence, where a limit refused it. */
  limitText: string | null;
  /** What its gateway says of the last message; null while it says nothing certain. */
  delivery: 'delivered' | 'failed' | null;
  /**
   * How it is offered to be sent again: other ways after two texts, or one that could not be
   * delivered.
   */
  channels: readonly Channel[];
  /** How many digits its code has. */
  codeLength: CodeLength;
  /** A code can be typed in; a dead one only says what to ask for again. */
  isLive: boolean;
}

/** What only some know of a challenge. */
type Known = Partial<Pick<PendingProof, 'delivery' | 'channels' | 'codeLength'>>;

export const pendingProof = (
  challenge: Challenge,
  isLive: boolean,
  known: Known = {},
): PendingProof => ({
  purpose: challenge.purpose,
  channel: challenge.channel,
  phoneHint: maskPhoneNumber(challenge.phoneNumber),
  sentAt: challenge.sentAt,
  resendAt: challenge.resendAt,
  expiresAt: challenge.expiresAt,
  attemptsLeft: challenge.attemptsLeft,
  sentCount: challenge.sentCount,
  notice: challenge.notice,
  limitText: challenge.limitedBy && limitSentence(challenge.limitedBy),
  delivery: null,
  channels: ['sms'],
  codeLength: SIX_DIGITS,
  isLive,
  ...known,
});

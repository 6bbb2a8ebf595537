import type { Purpose } from '../../common/purpose.js';

/** A code that messages bring: whose, to which number, and what for. */
export interface Asked {
  purpose: Purpose;
  phoneNumber: string;
  userId: number;
  sessionId: number;
  /** When its last message was booked. */
  sentAt: Date | null;
  /** Where its messages are counted; null of those before version 0.2. */
  places: readonly Place[] | null;
}

/**
 * Whose messages to a number are counted together: those asked for on a confirmed device of its
 * owner, by its owner elsewhere, by whoever registers with it. The devices of an account are one:
 * each for itself would multiply them.
 */
export const COUNTED_AS = ['device', 'confirmed', 'unconfirmed'] as const;
export type CountedAs = (typeof COUNTED_AS)[number];

/**
 * Where one message of a challenge was counted, kept until its code is typed in and the place is
 * given back.
 */
export interface Place {
  /** When, in milliseconds since 1970. */
  at: number;
  sessionId: number;
  standing: CountedAs;
  /**
   * The network that asked for it, where networks and blocks of numbers are counted: for
   * registrations.
   */
  network: string | null;
  /** It was a registration that went without a bot check, and is counted as one. */
  isUnchecked?: true;
}

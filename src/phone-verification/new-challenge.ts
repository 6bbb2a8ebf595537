import { CODE_LIFE, TRIES } from '../common/limits/code-limits.js';
import { after } from '../common/clock.js';
import type { Locale } from '../common/locale.js';
import type { ClientInfo } from '../common/net/client-info.js';
import type { KeyRing } from '../config/keys/key-ring.js';
import type { Purpose } from '../common/purpose.js';
import { Challenge, type Channel } from './challenge.entity.js';
import { newNonce } from './providers/code.js';

/** Whose phone is to be proven, and for what. */
export interface Proof {
  userId: number;
  sessionId: number;
  phoneNumber: string;
  /** The number is already proven by this user. */
  isConfirmed: boolean;
  /** The confirmed device of the account it is asked for on. */
  deviceId: number | null;
  /** Staff made the account or changed its number. */
  isVouched: boolean;
  /** A registration that went without a bot check; of its first message. */
  isUnchecked?: boolean;
  purpose: Purpose;
  channel: Channel;
  /** The language of the message. */
  locale: Locale;
  client: ClientInfo;
}

type Asked = Pick<
  Challenge,
  'userId' | 'sessionId' | 'purpose' | 'channel' | 'phoneNumber' | 'provider'
>;

/** A challenge of which nothing was sent yet. It is not stored. */
export function newChallenge(asked: Asked, keys: KeyRing, now: Date): Challenge {
  const { userId, sessionId, purpose, channel, phoneNumber, provider } = asked;
  return Object.assign(new Challenge(), {
    userId,
    sessionId,
    purpose,
    channel,
    phoneNumber,
    provider,
    providerReference: null,
    messageReference: null,
    nonce: newNonce(keys),
    attemptsLeft: TRIES,
    doubtfulRefunds: 0,
    sentCount: 0,
    sentAt: null,
    resendAt: now,
    notice: null,
    limitedBy: null,
    places: null,
    createdAt: now,
    expiresAt: after(now, CODE_LIFE),
    consumedAt: null,
    canceledAt: null,
  } satisfies Omit<Challenge, 'id'>);
}

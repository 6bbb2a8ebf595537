import type { EntityManager } from 'typeorm';
import type { Channel } from '../../common/channel.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import type { Purpose } from '../../common/purpose.js';
import type { CodeLength } from '../../common/text/typed-code.js';
import type { ShownUser } from '../../users/user-columns.js';
import type { User } from '../../users/user.entity.js';
import type { CurrentSession } from '../sessions/current-session.js';
import type { Method } from '../sessions/session.entity.js';

/** A proof that is asked for: of whom, in which session, for what. */
export interface Asked extends Pick<CurrentSession, 'session' | 'user'> {
  purpose: Purpose;
  client: ClientInfo;
  /** How the code shall come, of a factor that sends one. */
  channel?: Channel;
  /** A registration that went without a bot check. */
  isUnchecked?: boolean;
  /** A registration that its person goes on with: a message that cannot go out is no error. */
  isContinued?: boolean;
}

/** A proof that is asked for, as faces may see it: nothing of what answers it. */
export interface PendingProof {
  /** What is proven, as a page calls it, e.g. `phone number`. */
  what: string;
  purpose: Purpose;
  /** One that is not live any more only says what to ask for again. */
  state: 'live' | 'expired' | 'used' | 'withdrawn';
  expiresAt: Date;
  attemptsLeft: number;
  /** How many digits answer it; absent where the answer is no such code. */
  codeLength?: CodeLength;
  /** Absent of a factor that sends nothing. */
  message?: PendingMessage;
}

/** The message that brings a code. */
export interface PendingMessage {
  channel: Channel;
  /** The number, masked. */
  phoneHint: string;
  /** When one last went out; null when none did. */
  sentAt: Date | null;
  resendAt: Date;
  sentCount: number;
  /** Why the last one did not go out. */
  notice: 'provider_unavailable' | 'too_many_requests' | null;
  /** What is full, in a sentence, where a limit refused it. */
  limitText: string | null;
  /** What its gateway says of the last one; null while it says nothing certain. */
  delivery: 'delivered' | 'failed' | null;
  /** How it is offered to be sent again. */
  channels: readonly Channel[];
}

/** A right answer, not used up yet. */
export interface RightAnswer {
  purpose: Purpose;
  /** What the session remembers of it. */
  method: Method;
  /**
   * Uses it up, first in the unit that acts on it. Throws `no_pending_confirmation` for the loser
   * of a race.
   */
  useUp(manager: EntityManager): Promise<void>;
  /**
   * Notes in the same unit what it proves of the user, and gives what that changes. Throws
   * `phone_number_taken`.
   */
  prove(manager: EntityManager): Promise<Partial<ShownUser>>;
  /** After that unit: tells everybody concerned. */
  announce(): void;
  /** It was not used up, whatever came between: its try is given back. */
  giveBack(): Promise<void>;
}

/**
 * A way to prove that it is you. Log-in, confirmation and step-ups ask the factors of a user and
 * know none of them.
 */
export interface Factor {
  /** Whether it can prove this user for that purpose. */
  isOffered(user: ShownUser, purpose: Purpose): boolean;
  /** Asks. A message that cannot go out now is no error: the pending proof says so. */
  begin(asked: Asked): Promise<PendingProof>;
  /**
   * The newest proof that a session was asked for, whatever became of it. `isShown`: a face shows
   * it, with what has become known of its message.
   */
  pending(sessionId: number, isShown: boolean): Promise<PendingProof | null>;
  /**
   * Throws `no_pending_confirmation`, `validation_failed` for what is no guess, `wrong_code`,
   * `too_many_attempts`, `provider_unavailable`.
   */
  check(current: CurrentSession, answer: string, client: ClientInfo): Promise<RightAnswer>;
  /** Asks once more, where that is another thing than to begin. */
  again?(asked: Asked): Promise<PendingProof>;
  /** What is asked of a user or in a session is asked no more. */
  cancel?(manager: EntityManager, which: { userId: number } | { sessionId: number }): Promise<void>;
  /** What is asked of a user in a session, or in any, goes on in another one; false: nothing is. */
  move?(manager: EntityManager, userId: number, from: number | 'any', to: number): Promise<boolean>;
  /** Takes away all it keeps of users that are deleted. */
  delete?(manager: EntityManager, userIds: number[]): Promise<void>;
  /** The same of what is counted, behind the unit that deleted them. */
  forget?(userIds: readonly number[]): Promise<void>;
  /** Forgets a user's wrong answers. */
  unlock?(user: User): Promise<void>;
  /** What to give back if the registration that this session waits for is undone. */
  refund?(sessionId: number): Promise<() => Promise<void>>;
}

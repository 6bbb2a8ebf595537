import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Channel } from '../common/channel.js';
import type { Purpose } from '../common/purpose.js';
import type { Place } from '../messaging/limits/place.js';

export type { Channel };

/**
 * One pending proof that a user holds a phone. Its columns change only by the guarded statements of
 * ChallengesRepository.
 */
@Entity('challenges')
@Index('challenges_session', ['sessionId'])
@Index('challenges_user', ['userId'])
@Index('challenges_phone', ['phoneNumber'])
@Index('challenges_expiry', ['expiresAt'])
export class Challenge {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ name: 'user_id', type: 'int' })
  userId: number;

  @Column({ name: 'session_id', type: 'int' })
  sessionId: number;

  @Column({ type: 'varchar', length: 20 })
  purpose: Purpose;

  @Column({ type: 'varchar', length: 10 })
  channel: Channel;

  @Column({ name: 'phone_number', type: 'varchar', length: 20 })
  phoneNumber: string;

  /** Who holds its code, e.g. `self` or `twilio-verify`. */
  @Column({ type: 'varchar', length: 20 })
  provider: string;

  @Column({ name: 'provider_reference', type: 'varchar', length: 64, nullable: true })
  providerReference: string | null;

  /** Our name for the last message with its code. */
  @Column({ name: 'message_reference', type: 'varchar', length: 22, nullable: true })
  messageReference: string | null;

  /** `KEYID.RANDOM`: the key and the nonce from which a code made here is derived. */
  @Column({ type: 'varchar', length: 64 })
  nonce: string;

  @Column({ name: 'attempts_left', type: 'int' })
  attemptsLeft: number;

  /** Tries given back though the code may have been compared; bounded. */
  @Column({ name: 'doubtful_refunds', type: 'int', default: 0 })
  doubtfulRefunds: number;

  @Column({ name: 'sent_count', type: 'int', default: 0 })
  sentCount: number;

  @Column({ name: 'sent_at', type: 'datetime', precision: 3, nullable: true })
  sentAt: Date | null;

  /** From when a message may be asked for again. */
  @Column({ name: 'resend_at', type: 'datetime', precision: 3 })
  resendAt: Date;

  @Column({ type: 'varchar', length: 30, nullable: true })
  notice: SendProblem | null;

  /** The limit that refused the last asked-for message. */
  @Column({ name: 'limited_by', type: 'varchar', length: 40, nullable: true })
  limitedBy: string | null;

  /** Where its messages are counted; null of those before version 0.2. */
  @Column({ type: 'simple-json', nullable: true })
  places: readonly Place[] | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt: Date;

  @Column({ name: 'consumed_at', type: 'datetime', precision: 3, nullable: true })
  consumedAt: Date | null;

  @Column({ name: 'canceled_at', type: 'datetime', precision: 3, nullable: true })
  canceledAt: Date | null;
}

/** Why the last asked-for message did not go out. */
export type SendProblem = 'provider_unavailable' | 'too_many_requests';

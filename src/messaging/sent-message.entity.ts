import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Channel } from '../common/channel.js';
import type { Receipt } from './receipts/receipt.js';

/**
 * One message: who carried it and what became of it. Neither the text nor the number it went to.
 */
@Entity('sent_messages')
@Index('sent_messages_reference', ['reference'], { unique: true })
@Index('sent_messages_user', ['userId'])
@Index('sent_messages_created', ['createdAt'])
export class SentMessage {
  @PrimaryGeneratedColumn()
  id: number;

  /** Our own name for it, which receipts bring back. */
  @Column({ type: 'varchar', length: 22 })
  reference: string;

  @Column({ name: 'user_id', type: 'int' })
  userId: number;

  @Column({ type: 'varchar', length: 10, default: 'otp' })
  kind: 'otp' | 'notice';
  /**
   * Whose code it brought; null of older ones. The challenge goes a day after it expired, the
   * message stays.
   */
  @Column({ name: 'challenge_id', type: 'int', nullable: true })
  challengeId: number | null;

  /** As routes name it, e.g. `self:twilio`. */
  @Column({ type: 'varchar', length: 30 })
  provider: string;

  @Column({ type: 'varchar', length: 10 })
  channel: Channel;

  /** ISO country of the number; `??` where it belongs to none. */
  @Column({ type: 'varchar', length: 2 })
  country: string;

  /** `queued` until the provider has answered. */
  @Column({ type: 'varchar', length: 10 })
  status: Receipt['status'];

  /** A short word for a failure. */
  @Column({ type: 'varchar', length: 40, nullable: true })
  reason: string | null;

  /** The provider's own id, for its support. */
  @Column({ name: 'gateway_id', type: 'varchar', length: 64, nullable: true })
  gatewayId: string | null;

  /** What the gateway counts as messages. */
  @Column({ type: 'int', nullable: true })
  segments: number | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'datetime', precision: 3 })
  updatedAt: Date;

  /** When its code was typed in; a notice has none. */
  @Column({ name: 'confirmed_at', type: 'datetime', precision: 3, nullable: true })
  confirmedAt: Date | null;
}

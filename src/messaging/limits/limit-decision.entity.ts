import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Purpose } from '../../common/purpose.js';

/** What a message is for: a code's purpose, or a notice. */
export type Limited = Purpose | 'notice';

/**
 * That a limit refused messages to one subject within an hour, or would have. One row however
 * often: an attack fills no disk.
 */
@Entity('limit_decisions')
@Index('limit_decisions_key', ['key'], { unique: true })
@Index('limit_decisions_last', ['lastAt'])
export class LimitDecision {
  @PrimaryGeneratedColumn()
  id: number;

  /** Hour, limit, purpose, subject and whether it was held, as a fingerprint. */
  @Column({ type: 'varchar', length: 43 })
  key: string;

  @Column({ type: 'varchar', length: 40 })
  limit: string;

  @Column({ type: 'varchar', length: 30 })
  purpose: Limited;

  /**
   * A country, a block of numbers, a network, an account's `#id`, a masked number; null for a
   * session.
   */
  @Column({ type: 'varchar', length: 60, nullable: true })
  subject: string | null;

  /** False: the limit was only recorded, and refused nothing. */
  @Column({ type: 'boolean', default: true })
  held: boolean;

  @Column({ type: 'int' })
  count: number;

  /** When the limit ends, as it was told last. */
  @Column({ type: 'datetime', precision: 3 })
  until: Date;

  @Column({ name: 'first_at', type: 'datetime', precision: 3 })
  firstAt: Date;

  @Column({ name: 'last_at', type: 'datetime', precision: 3 })
  lastAt: Date;
}

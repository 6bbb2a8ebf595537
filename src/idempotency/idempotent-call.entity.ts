import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A call that came with an `Idempotency-Key`, and what it was answered. Gone when expired. */
@Entity('idempotent_calls')
@Index('idempotent_calls_expiry', ['expiresAt'])
export class IdempotentCall {
  /** Fingerprint of address, caller and key. */
  @PrimaryColumn({ type: 'varchar', length: 32 })
  name: string;

  /** Fingerprint of the same with the body. */
  @Column({ type: 'varchar', length: 32 })
  content: string;

  /** Names the one run that may write the answer. */
  @Column({ type: 'varchar', length: 22 })
  run: string;

  /** How many times another body came with the key. */
  @Column({ type: 'int' })
  mismatches: number;

  /** Encrypted; null while the call runs. */
  @Column({ type: 'text', nullable: true })
  answer: string | null;

  /** From when a call without an answer counts as lost, with the process that ran it. */
  @Column({ name: 'lease_ends_at', type: 'datetime', precision: 3 })
  leaseEndsAt: Date;

  /** From when the key is forgotten. */
  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt: Date;
}

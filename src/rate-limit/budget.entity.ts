import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One counter of one subject: `name:fingerprint`. Gone when expired, by `purge`. */
@Entity('budgets')
@Index('budgets_expiry', ['expiresAt'])
export class Budget {
  @PrimaryColumn({ type: 'varchar', length: 100 })
  key: string;

  @Column({ type: 'int' })
  count: number;

  /** From when the next one is let through, whatever the count. */
  @Column({ name: 'blocked_until', type: 'datetime', precision: 3, nullable: true })
  blockedUntil: Date | null;

  /** From when the row means nothing any more. */
  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt: Date;
}

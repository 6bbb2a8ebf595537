import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * One account on one browser or API client that logged in to it: what tells the owner's device from
 * a stranger's.
 */
@Entity('known_devices')
@Index('known_devices_reference', ['reference'], { unique: true })
@Index('known_devices_user', ['userId'])
@Index('known_devices_expiry', ['expiresAt'])
export class KnownDevice {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ name: 'user_id', type: 'int' })
  userId: number;

  /** The name its token carries, signed; worth nothing without the signature. */
  @Column({ type: 'varchar', length: 22 })
  reference: string;

  /**
   * When the phone was proven from here. Null: only a password was given here, and that only
   * prevents the next notice.
   */
  @Column({ name: 'confirmed_at', type: 'datetime', precision: 3, nullable: true })
  confirmedAt: Date | null;

  @Column({ name: 'last_seen_at', type: 'datetime', precision: 3 })
  lastSeenAt: Date;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt: Date;
}

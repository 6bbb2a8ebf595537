import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Purpose } from '../../common/purpose.js';

/** How a session was authenticated: `password`, or what a factor calls its proof, e.g. `sms`. */
export type Method = string;

/** One logged-in browser or API client. */
@Entity('sessions')
@Index('sessions_token_hash', ['tokenHash'], { unique: true })
@Index('sessions_user', ['userId'])
@Index('sessions_expiry', ['expiresAt'])
export class Session {
  @PrimaryGeneratedColumn()
  id: number;

  /** SHA-256 of the token, hex. */
  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash: string;

  @Column({ name: 'user_id', type: 'int' })
  userId: number;

  @Column({ type: 'simple-json' })
  methods: Method[];

  /** When a factor was last proven in this session, by purpose (ISO 8601). */
  @Column({ type: 'simple-json' })
  proofs: Partial<Record<Purpose, string>>;

  /** The confirmed device it was opened or confirmed on: whose budgets it counts on. */
  @Column({ name: 'device_id', type: 'int', nullable: true })
  deviceId: number | null;

  /** Same-site path to go to after log-in. */
  @Column({ name: 'next_path', type: 'varchar', length: 500, nullable: true })
  nextPath: string | null;

  @Column({ type: 'varchar', length: 45 })
  address: string;

  @Column({ type: 'varchar', length: 200 })
  agent: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt: Date;

  /** Written at most once a minute. */
  @Column({ name: 'last_seen_at', type: 'datetime', precision: 3 })
  lastSeenAt: Date;

  /** Absolute limit; of a pending session: 10 minutes after the last code, 30 at most. */
  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt: Date;
}

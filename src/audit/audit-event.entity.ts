import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One account event, kept: who, what, when, from where. */
@Entity('audit_events')
@Index('audit_events_user', ['userId'])
@Index('audit_events_actor', ['actorId', 'id'])
@Index('audit_events_name', ['name', 'id'])
@Index('audit_events_at', ['at'])
export class AuditEvent {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'datetime', precision: 3 })
  at: Date;

  @Column({ type: 'varchar', length: 40 })
  name: string;

  @Column({ name: 'user_id', type: 'int', nullable: true })
  userId: number | null;

  @Column({ name: 'actor_id', type: 'int', nullable: true })
  actorId: number | null;

  /** Emptied after AUDIT_ADDRESS_DAYS. */
  @Column({ type: 'varchar', length: 45, nullable: true })
  address: string | null;

  @Column({ type: 'varchar', length: 200 })
  agent: string;

  @Column({ type: 'simple-json' })
  details: Record<string, string | number | boolean>;
}

import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Staff who may do the same things. */
@Entity('groups')
@Index('groups_name', ['name'], { unique: true })
export class Group {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'varchar', length: 130 })
  name: string;

  @Column({ type: 'simple-json' })
  permissions: string[];
}

import { Entity, Index, PrimaryColumn } from 'typeorm';

/** One user in one group. */
@Entity('group_memberships')
@Index('group_memberships_group', ['groupId'])
export class GroupMembership {
  @PrimaryColumn({ name: 'user_id', type: 'int' })
  userId: number;

  @PrimaryColumn({ name: 'group_id', type: 'int' })
  groupId: number;
}

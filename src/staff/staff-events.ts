import { Injectable } from '@nestjs/common';
import { AccountEvents, type AccountEventName } from '../common/account-events.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { provenNumber } from '../users/user-columns.js';
import type { User } from '../users/user.entity.js';
import type { Changes } from './staff-patch.js';
import type { StaffActor } from './staff-rules.js';

/**
 * What staff did, told to whoever listens: ids and the names of fields, never what stood in them.
 */
@Injectable()
export class StaffEvents {
  constructor(private readonly events: AccountEvents) {}

  created(actor: StaffActor, userId: number, client: ClientInfo): void {
    this.emit('user.created', actor, userId, client);
  }

  /** `before`: the account as it was. */
  edited(
    actor: StaffActor,
    before: User,
    { fields, columns }: Pick<Changes, 'fields' | 'columns'>,
    client: ClientInfo,
  ): void {
    const userId = before.id;
    const number = fields.includes('phone_number') ? provenNumber(before) : undefined;
    this.emit('user.edited', actor, userId, client, { fields: fields.join(' ') }, number);
    if (fields.includes('password')) this.emit('password.changed', actor, userId, client);
    if (fields.includes('two_factor_auth')) this.emit('two-factor.off', actor, userId, client);
    if (columns.isActive === false) this.emit('user.deactivated', actor, userId, client);
  }

  deleted(actor: StaffActor, userId: number, client: ClientInfo): void {
    this.emit('user.deleted', actor, userId, client);
  }

  numberReleased(actor: StaffActor, before: User, client: ClientInfo): void {
    this.emit('phone.released', actor, before.id, client, undefined, provenNumber(before));
  }

  unlocked(actor: StaffActor, userId: number, client: ClientInfo): void {
    this.emit('user.unlocked', actor, userId, client);
  }

  sessionEnded(actor: StaffActor, userId: number, client: ClientInfo): void {
    this.emit('session.ended', actor, userId, client);
  }

  group(
    name: 'group.created' | 'group.edited' | 'group.deleted',
    actor: StaffActor,
    group: number,
    client: ClientInfo,
  ): void {
    this.emit(name, actor, null, client, { group });
  }

  private emit(
    name: AccountEventName,
    { id }: StaffActor,
    userId: number | null,
    client: ClientInfo,
    details?: Record<string, string | number>,
    number?: string,
  ): void {
    const event = { name, userId, actorId: id, client, ...(details ? { details } : {}) };
    this.events.emit(event, number);
  }
}

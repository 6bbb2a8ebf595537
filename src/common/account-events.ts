import type { ClientInfo } from './net/client-info.js';

/**
 * Something that happened to an account. Carries ids and words, never a code, token, password or
 * phone number.
 */
export type AccountEventName =
  | 'user.registered'
  | 'user.registration-undone'
  | 'user.registration-continued'
  | 'user.created'
  | 'user.edited'
  | 'user.deactivated'
  | 'user.deleted'
  | 'user.unlocked'
  | 'group.created'
  | 'group.edited'
  | 'group.deleted'
  | 'phone.verified'
  | 'phone.refused-as-taken'
  | 'phone.changed'
  | 'phone.released'
  | 'code.sent'
  | 'code.not-sent'
  | 'code.right'
  | 'code.wrong'
  | 'code.blocked'
  | 'message.receipt'
  | 'notice.sent'
  | 'notice.not-sent'
  | 'device.new'
  | 'password.wrong'
  | 'password.blocked'
  | 'password.changed'
  | 'two-factor.on'
  | 'two-factor.off'
  | 'session.opened'
  | 'session.confirmed'
  | 'session.ended'
  | 'limit.reached'
  | 'limit.low-conversion'
  | 'limit.lifted'
  | 'bot-check.refused'
  | 'provider.alarm-raised';

export interface AccountEvent {
  name: AccountEventName;
  /** The account it happened to; null when it is not known. */
  userId: number | null;
  /** Who did it, when it was not the person: a staff member's user id. */
  actorId?: number;
  client: ClientInfo;
  /** Short words only: a purpose, a limit's name, the names of changed fields, a fingerprint. */
  details?: Readonly<Record<string, string | number | boolean>>;
}

type Listener = (event: AccountEvent, number: string | undefined) => void;

/** The one hook of the product. Whoever listens is never known to whoever emits. */
export class AccountEvents {
  private readonly listeners: Listener[] = [];

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  /**
   * `number`: the proven phone that it concerns, where the account's row names it no more. It is no
   * part of the event: for a listener that tells that phone, and for no record.
   */
  emit(event: AccountEvent, number?: string): void {
    for (const listener of this.listeners) listener(event, number);
  }
}

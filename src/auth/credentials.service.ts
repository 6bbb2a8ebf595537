import { Injectable } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { networkOf } from '../common/net/ip-address.js';
import { Clock, secondsUntil } from '../common/clock.js';
import { KeyRing } from '../config/keys/key-ring.js';
import { PasswordsService } from '../users/passwords/passwords.service.js';
import type { User } from '../users/user.entity.js';
import { usernameKey } from '../users/username.js';
import { UsersService } from '../users/users.service.js';
import type { KnownDevice } from './sessions/known-device.entity.js';
import { KnownDevicesService } from './sessions/known-devices.service.js';
import { OF_NETWORK, PasswordBudgetsService, type Typing } from './password-budgets.service.js';
import type { Session } from './sessions/session.entity.js';

/**
 * Whom the audit log names: the account, or a keyed fingerprint of what was typed, as people type
 * passwords there.
 */
type Named = { userId: number | null; details: Readonly<Record<string, string>> };

/** Whose password was right, and on which of the account's devices it was typed. */
export interface Verified {
  user: User;
  device: KnownDevice | null;
  /**
   * The user with the hash that is stored by now, where the password is right for that one too:
   * another log-in may have renewed it meanwhile. Throws `invalid_credentials`.
   */
  again: () => Promise<User>;
}

/**
 * Username and password: the first factor. One look-up, one of the devices where some were sent,
 * budgets, then always one hash, known user or not (docs/rules.md 6).
 */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly devices: KnownDevicesService,
    private readonly budgets: PasswordBudgetsService,
    private readonly events: AccountEvents,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /**
   * The active user, or `invalid_credentials`; `too_many_attempts` while waits last; `busy` when
   * the hash queue is full. `deviceTokens` as the client sent them.
   */
  async verify(
    username: string,
    password: string,
    client: ClientInfo,
    deviceTokens: string,
  ): Promise<Verified> {
    const key = usernameKey(username);
    const user = await this.users.findForLogIn(username);
    const device = await this.devices.find(user?.id ?? null, deviceTokens);
    const typing = { usernameKey: key, client, deviceId: confirmedId(device) };
    const named = this.name(user, key);
    const isRight = await this.judge(user, password, typing, named, null);
    if (user && isRight && user.isActive)
      return { user, device, again: () => this.again(username, password) };
    this.events.emit({ name: 'password.wrong', ...named, client });
    throw new AppError('invalid_credentials');
  }

  /** The person's own password once more, before something that asks for it. False when wrong. */
  async confirm(
    user: User,
    password: string,
    client: ClientInfo,
    { id, deviceId }: Session,
  ): Promise<boolean> {
    const typing = { usernameKey: user.usernameKey, client, deviceId };
    const isRight = await this.judge(user, password, typing, { userId: user.id, details: {} }, id);
    if (!isRight) this.events.emit({ name: 'password.wrong', userId: user.id, client });
    return isRight;
  }

  /**
   * Whether this is the password of an unfinished registration, whose `user` it is, asked at the
   * door of registrations. Guesses count as at the log-in, but apart from it: a log-in would tell
   * that there is one. A wait is told as a wrong password is. Without such a user the same is done
   * to budgets that hinder nobody, so that neither time nor answer tells either (docs/rules.md 6).
   * Throws `busy`.
   */
  recognizes(
    user: User | null,
    username: string,
    password: string,
    client: ClientInfo,
  ): Promise<boolean> {
    const typing = { usernameKey: usernameKey(username), client, deviceId: null };
    return this.budgets.inTurn(typing, null, () => this.recognizesNow(user, password, typing));
  }

  /** Whether it is right, counted nowhere: for who has been let in already. */
  isPasswordOf(user: User, password: string): Promise<boolean> {
    return this.passwords.verify(user, password);
  }

  /** Forgets wrong passwords, from wherever, for an operator's unlock. */
  async unlock({ usernameKey: key }: Pick<User, 'usernameKey'>): Promise<void> {
    for (const counted of [key, `${RETURNING}:${key}`]) await this.budgets.unlock(counted);
  }

  /** Forgets wrong passwords typed in one network, for an operator who lifts its wait. */
  unlockNetwork(address: string): Promise<void> {
    return this.budgets.unlockNetwork(address);
  }

  // The fingerprint is made for everybody: the work must not tell who is known.
  private name(user: User | null, key: string): Named {
    const username = this.keys.fingerprint('username', key).slice(0, 16);
    return user ? { userId: user.id, details: {} } : { userId: null, details: { username } };
  }

  // One after the other: a right one gives its try back before the next is judged, so that no
  // number of them is too many.
  private judge(
    user: User | null,
    password: string,
    typing: Typing,
    named: Named,
    session: number | null,
  ): Promise<boolean> {
    return this.budgets.inTurn(typing, session, async () => {
      await this.spend(typing, named);
      return this.compare(user, password, typing);
    });
  }

  private async recognizesNow(
    user: User | null,
    password: string,
    typing: Typing,
  ): Promise<boolean> {
    const counted = at(user ? RETURNING : 'nobody', typing);
    const refusal = await this.budgets.spend(counted);
    if (refusal && user) {
      const { client } = typing;
      this.events.emit({
        name: 'password.blocked',
        userId: user.id,
        client,
        details: { limit: refusal.limit },
      });
      return this.recognizesNow(null, password, typing);
    }
    if (refusal) return this.passwords.verify(null, password);
    const isRight = await this.compare(user, password, counted);
    if (user && !isRight)
      this.events.emit({ name: 'password.wrong', userId: user.id, client: typing.client });
    return isRight;
  }

  private async again(username: string, password: string): Promise<User> {
    const user = await this.users.findForLogIn(username);
    if (user?.isActive && (await this.passwords.verify(user, password))) return user;
    throw new AppError('invalid_credentials');
  }

  private async spend(typing: Typing, { userId, details }: Named): Promise<void> {
    const refusal = await this.budgets.spend(typing);
    if (!refusal) return;
    this.events.emit({
      name: 'password.blocked',
      userId,
      client: typing.client,
      details: { limit: refusal.limit, ...details },
    });
    const retryAfter = secondsUntil(refusal.until, this.clock.now());
    throw new AppError('too_many_attempts', {
      ...(OF_NETWORK.has(refusal.limit) && { detail: FROM_NETWORK }),
      retryAfter,
    });
  }

  private async compare(user: User | null, password: string, typing: Typing): Promise<boolean> {
    const isRight = await this.hashed(user, password, typing);
    // An inactive account's right password is counted like a wrong one: neither waits nor time
    // shall tell them apart.
    await (isRight && user?.isActive
      ? this.budgets.forgive(typing)
      : this.budgets.noteWrong(typing));
    return isRight;
  }

  private async hashed(user: User | null, password: string, typing: Typing): Promise<boolean> {
    try {
      return await this.passwords.verify(user, password);
    } catch (error) {
      await this.budgets.giveBack(typing);
      throw error;
    }
  }
}

const FROM_NETWORK =
  'Too many attempts came from your network. Wait, or use another one, such as mobile data.';

/** A device known by a password alone has no budgets of its own. */
export const confirmedId = (device: KnownDevice | null): number | null =>
  device === null || device.confirmedAt === null ? null : device.id;

/**
 * The door of registrations, in the names of its budgets; those of `nobody` are for work that is to
 * look like counting.
 */
const RETURNING = 'returning';

const at = (door: string, { usernameKey: key, client, deviceId }: Typing): Typing => ({
  usernameKey: `${door}:${key}`,
  client: { ...client, address: `${door}:${networkOf(client.address)}` },
  deviceId,
});

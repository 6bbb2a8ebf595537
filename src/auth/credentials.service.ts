import { Injectable } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/app-error.js';
import { networkOf, type ClientInfo } from '../common/client-info.js';
import { Clock, hours, minutes, secondsUntil } from '../common/clock.js';
import { KeyRing } from '../config/key-ring.js';
import { Settings } from '../config/settings.js';
import { Budgets, type Claim } from '../rate-limit/budgets.js';
import { atMost, failuresInARow } from '../rate-limit/rules.js';
import { PasswordsService } from '../users/passwords.service.js';
import type { User } from '../users/user.entity.js';
import { usernameKey } from '../users/username.js';
import { UsersService } from '../users/users.service.js';

const DAY = hours(24);
const here = failuresInARow({ each: 10, firstWait: minutes(1), longestWait: hours(1), forget: DAY }, 'wrong-passwords-here');
const anywhere = failuresInARow({ each: 100, firstWait: minutes(1), longestWait: minutes(15), forget: DAY }, 'wrong-passwords');
const fromAddress = atMost(100, hours(1), 'wrong-passwords-of-address', { always: true });

/** Whom the audit log names: the account, or a keyed fingerprint of what was typed, as people type passwords there. */
type Named = { userId: number | null; details: Readonly<Record<string, string>> };

/** Username and password: the first factor. One look-up, budgets, then always one hash, known user or not (product rule 6). */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly budgets: Budgets,
    private readonly events: AccountEvents,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** The active user, or `invalid_credentials`; `too_many_attempts` while waits last; `busy` when the hash queue is full. */
  async verify(username: string, password: string, client: ClientInfo): Promise<User> {
    const key = usernameKey(username);
    const user = await this.users.findLiving(username);
    const named = this.name(user, key);
    await this.spend(key, named, client);
    const isRight = await this.compare(user, password, key, client);
    if (user && isRight && user.isActive) return user;
    this.events.emit({ name: 'password.wrong', ...named, client });
    throw new AppError('invalid_credentials');
  }

  /** The person's own password once more, before something that asks for it. False when wrong. */
  async confirm(user: User, password: string, client: ClientInfo): Promise<boolean> {
    await this.spend(user.usernameKey, { userId: user.id, details: {} }, client);
    const isRight = await this.compare(user, password, user.usernameKey, client);
    if (!isRight) this.events.emit({ name: 'password.wrong', userId: user.id, client });
    return isRight;
  }

  /** Forgets wrong passwords, from wherever, for an operator's unlock. */
  async unlock(user: User): Promise<void> {
    await this.budgets.clearAll(here, user.usernameKey);
    await this.budgets.clear([{ rule: anywhere, subject: user.usernameKey }]);
  }

  // The fingerprint is made for everybody: the work must not tell who is known.
  private name(user: User | null, key: string): Named {
    const username = this.keys.fingerprint('username', key).slice(0, 16);
    return user ? { userId: user.id, details: {} } : { userId: null, details: { username } };
  }

  private async spend(key: string, { userId, details }: Named, client: ClientInfo): Promise<void> {
    if (!this.settings.passwordBudgets) return;
    const { refusal } = await this.budgets.take(claims(key, client));
    if (!refusal) return;
    this.events.emit({ name: 'password.blocked', userId, client, details: { limit: refusal.limit, ...details } });
    throw new AppError('too_many_attempts', { retryAfter: secondsUntil(refusal.until, this.clock.now()) });
  }

  private async compare(user: User | null, password: string, key: string, client: ClientInfo): Promise<boolean> {
    try {
      const isRight = await this.passwords.verify(user, password);
      // An inactive account's right password is counted like a wrong one: neither waits nor time shall tell them apart.
      if (isRight && user?.isActive && this.settings.passwordBudgets) await this.forgive(key, client);
      return isRight;
    } catch (error) {
      if (this.settings.passwordBudgets) await this.budgets.giveBack(claims(key, client));
      throw error;
    }
  }

  private async forgive(key: string, client: ClientInfo): Promise<void> {
    const [ofAddress, ...ofAccount] = claims(key, client) as [Claim, Claim, Claim];
    await this.budgets.clear(ofAccount);
    await this.budgets.giveBack([ofAddress]);
  }
}

function claims(key: string, { address }: ClientInfo): Claim[] {
  const network = networkOf(address);
  return [
    { rule: fromAddress, subject: network },
    { rule: here, subject: [key, network] },
    { rule: anywhere, subject: key },
  ];
}

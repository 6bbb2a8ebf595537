import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThanOrEqual, Not, type EntityManager } from 'typeorm';
import { AppError } from '../common/errors/app-error.js';
import { after, Clock } from '../common/clock.js';
import { REGISTRATION_LIFE, REGISTRATION_LIMIT } from '../common/limits/session-limits.js';
import type { Locale } from '../common/locale.js';
import { Settings } from '../config/settings.js';
import { rowLock } from '../database/row-lock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { parseAccount, type Account, type AccountInput } from './account-form.js';
import { fullNameKey } from './full-name.js';
import { GroupMembership } from './groups/group-membership.entity.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { parseProfile, type Profile, type ProfileInput } from './profile-form.js';
import { User } from './user.entity.js';
import { usernameKey } from './username.js';
import { UsersRepository, type NewUser } from './users.repository.js';

/** A user whose password was compared with this hash. */
type Compared = Pick<User, 'id' | 'password' | 'lastLogin'>;
type Registered = Pick<User, 'id' | 'dateJoined' | 'registrationExpiresAt'>;

/** The door to accounts: every face and every room writes users through here. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly unit: UnitOfWork,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /**
   * Checks and hashes; stores nothing. Throws like `parse`, `username_taken` before hashing,
   * `busy`.
   */
  async prepare(input: AccountInput): Promise<NewUser> {
    const account = this.parse(input);
    if (await this.findByUsername(account.username)) throw new AppError('username_taken');
    return this.hashed(account);
  }

  /** An account as typed, checked. Throws `validation_failed` with every refused field. */
  parse(input: AccountInput): Account {
    return parseAccount(input, this.settings);
  }

  /** The same, ready to be stored. Throws `busy`. */
  async hashed(account: Account): Promise<NewUser> {
    const password =
      account.password === null ? this.hasher.unusable() : await this.hasher.hash(account.password);
    return { ...account, password, dateJoined: this.clock.now() };
  }

  /** Stores an ordinary account. Throws `username_taken`, `phone_number_taken`. */
  createUser(manager: EntityManager, user: NewUser): Promise<User> {
    return manager.withRepository(this.users).createUser(user);
  }

  /** Stores a superuser; throws like `createUser`. */
  createSuperuser(manager: EntityManager, user: NewUser): Promise<User> {
    return manager.withRepository(this.users).createSuperuser(user);
  }

  findById(id: number): Promise<User | null> {
    return this.unit.read((manager) => manager.withRepository(this.users).findOneBy({ id }));
  }

  findByUsername(username: string, unit?: EntityManager): Promise<User | null> {
    const find = (manager: EntityManager) =>
      manager.withRepository(this.users).findOneBy({ usernameKey: usernameKey(username) });
    return unit ? find(unit) : this.unit.read(find);
  }

  /**
   * For a log-in: without a registration that nobody finished in time, which is gone, purged or
   * not. Nobody is found no sooner than somebody.
   */
  async findForLogIn(username: string): Promise<User | null> {
    const key = usernameKey(username);
    const user = await this.unit.read((manager) =>
      manager.withRepository(this.users).findInEqualTime(key),
    );
    return user && !this.isExpired(user) ? user : null;
  }

  /** A self-registration that nobody finished in time. */
  isExpired({ registrationExpiresAt }: Pick<User, 'registrationExpiresAt'>): boolean {
    return registrationExpiresAt !== null && registrationExpiresAt <= this.clock.now();
  }

  /**
   * Throws `invalid_credentials` unless the stored hash is still this one; nobody can change it
   * before the unit ends. A change has ended all sessions, and none by the old password may come
   * after it. Returns when the last log-in was.
   */
  async holdPassword(
    manager: EntityManager,
    { id, password, lastLogin }: Compared,
  ): Promise<Date | null> {
    const where = { id, password };
    const held = await manager
      .withRepository(this.users)
      .findOne({ select: { id: true }, where, ...rowLock(manager) });
    if (held === null) throw new AppError('invalid_credentials');
    return lastLogin;
  }

  /**
   * Sets, never flips; false where it is set already. Throws `confirmation_required` for a number
   * not proven.
   */
  async setTwoFactor(manager: EntityManager, id: number, enabled: boolean): Promise<boolean> {
    const other = { id, phoneNumberVerified: true, twoFactorAuth: !enabled };
    if ((await manager.update(User, other, { twoFactorAuth: enabled })).affected === 1) return true;
    if (await this.hasTwoFactor(manager, id, enabled)) return false;
    throw new AppError('confirmation_required');
  }

  /** Whether the second factor of a proven number is set so, as the unit sees it. */
  async hasTwoFactor(manager: EntityManager, id: number, enabled: boolean): Promise<boolean> {
    const asked = { id, phoneNumberVerified: true, twoFactorAuth: enabled };
    const select = { id: true } as const;
    return (await manager.findOne(User, { select, where: asked, ...rowLock(manager) })) !== null;
  }

  /**
   * Sets what was typed of a profile and differs from what `stored` has, in one statement, and
   * gives what it set. Throws `validation_failed` with every refused field, `unauthenticated` when
   * the account was deactivated or deleted meanwhile.
   */
  async setProfile(
    stored: Pick<User, 'id' | 'fullName' | 'locale'>,
    typed: ProfileInput,
  ): Promise<Partial<Profile>> {
    const { id } = stored;
    const profile = parseProfile(typed, stored);
    if (Object.keys(profile).length === 0) return profile;
    const { affected } = await this.unit.write((manager) =>
      manager.update(User, { id, isActive: true }, profile),
    );
    if (affected !== 1) throw new AppError('unauthenticated');
    return profile;
  }

  /**
   * The language of an account's messages; null: the one each request asks for. Throws like
   * `setProfile`.
   */
  async setLocale(
    stored: Pick<User, 'id' | 'fullName' | 'locale'>,
    locale: Locale | null,
  ): Promise<void> {
    await this.setProfile(stored, { locale });
  }

  /** The rows themselves; sessions and challenges are the caller's business. */
  async delete(manager: EntityManager, ids: number[]): Promise<void> {
    await manager.delete(GroupMembership, { userId: In(ids) });
    await manager.delete(User, { id: In(ids) });
  }

  /**
   * Which of these are self-registrations that nobody has confirmed, given `now` only those that
   * have expired; nobody can confirm or extend them either until the unit ends.
   */
  async unfinished(manager: EntityManager, ids: number[], now?: Date): Promise<number[]> {
    if (ids.length === 0) return [];
    const guard = {
      id: In(ids),
      registrationExpiresAt: now ? LessThanOrEqual(now) : Not(IsNull()),
      phoneNumberVerified: false,
    };
    const select = { id: true } as const;
    const users = await manager.find(User, { select, where: guard, ...rowLock(manager) });
    return users.map(({ id }) => id);
  }

  /**
   * Returns the instant recorded. Where it is known by which hash somebody came in, throws like
   * `holdPassword`, and holds it like that.
   */
  async recordLogin(
    manager: EntityManager,
    { id, password }: Pick<User, 'id'> & Partial<Pick<User, 'password'>>,
  ): Promise<Date> {
    const lastLogin = this.clock.now();
    const isGuarded = password !== undefined;
    const which = isGuarded ? { id, password } : { id };
    const { affected } = await manager.update(User, which, { lastLogin });
    if (isGuarded && affected !== 1) throw new AppError('invalid_credentials');
    return lastLogin;
  }

  /** Writes names as they were typed last, of a registration whose row the unit holds. */
  async retype(
    manager: EntityManager,
    id: number,
    { username, fullName }: Pick<User, 'username' | 'fullName'>,
  ): Promise<void> {
    await manager.update(User, { id }, { username, fullName, fullNameKey: fullNameKey(fullName) });
  }

  /**
   * A code went out: an unfinished registration lives 15 minutes from then, one hour in all. A
   * finished one stays without an end.
   */
  async extendRegistration({ id, dateJoined, registrationExpiresAt }: Registered): Promise<void> {
    if (registrationExpiresAt === null) return;
    const latest = after(dateJoined, REGISTRATION_LIMIT).getTime();
    const next = after(this.clock.now(), REGISTRATION_LIFE).getTime();
    const until = new Date(Math.min(next, latest));
    const unfinished = { id, registrationExpiresAt: Not(IsNull()) };
    await this.unit.write((manager) =>
      manager.update(User, unfinished, { registrationExpiresAt: until }),
    );
  }

  /** Ids of self-registrations nobody finished in time. */
  async expiredRegistrations(now: Date, limit: number): Promise<number[]> {
    const where = { registrationExpiresAt: LessThanOrEqual(now) };
    const rows = await this.unit.read((manager) =>
      manager.find(User, { select: { id: true }, where, take: limit }),
    );
    return rows.map(({ id }) => id);
  }
}

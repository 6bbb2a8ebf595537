import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '../../common/errors/app-error.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { after, Clock, minutes } from '../../common/clock.js';
import { hashToken, newToken } from '../../common/token.js';
import { Settings } from '../../config/settings.js';
import { PreparedRead } from '../../database/prepared-read.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { ShownUser } from '../../users/user-columns.js';
import type { User } from '../../users/user.entity.js';
import type { Purpose } from '../../common/purpose.js';
import { current, type CurrentSession, type OpenedSession } from './current-session.js';
import type { NotedDevice } from './known-devices.service.js';
import type { RightAnswer } from '../factors/factor.js';
import { needsConfirmation } from '../factors/second-factor.js';
import type { Session } from './session.entity.js';
import { SELECT_SESSION, sessionFrom, userFrom, type SessionRow } from './session-row.js';
import { endOf } from './session-life.js';
import { PENDING_LIFE, PENDING_LIMIT } from '../../common/limits/session-limits.js';
import { SessionsRepository } from './sessions.repository.js';

/** What a new session remembers of its log-in. */
export interface Opening {
  /** Same-site path to go to afterwards. */
  nextPath?: string | null;
  /** The confirmed device it comes from. */
  deviceId?: number | null;
}

const SEEN_EVERY = minutes(1);

/**
 * Logged-in browsers and API clients. A token is 256 random bits, known to its holder only (ASVS
 * 7.2).
 */
@Injectable()
export class SessionsService {
  private readonly log = new Logger(SessionsService.name);
  private readonly check: PreparedRead<SessionRow>;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {
    this.check = new PreparedRead(unit, SELECT_SESSION);
  }

  /**
   * Opens a session that proved the password; pending while a confirmation is due. The caller holds
   * the password, unless it made the user in this unit.
   */
  async open(
    manager: EntityManager,
    user: User,
    client: ClientInfo,
    { nextPath = null, deviceId = null }: Opening = {},
  ): Promise<OpenedSession> {
    const now = this.clock.now();
    const token = newToken();
    const methods: Session['methods'] = ['password'];
    const session = await manager.withRepository(this.sessions).open({
      tokenHash: hashToken(token),
      userId: user.id,
      methods,
      proofs: {},
      deviceId,
      nextPath,
      address: client.address,
      agent: client.agent,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: after(
        now,
        needsConfirmation(user, { methods }) ? PENDING_LIFE : this.absolute(user),
      ),
    });
    return { token, deviceToken: null, ...current(session, user) };
  }

  /**
   * The session of a token; null for an unknown, expired or idle one, and where the account is
   * inactive or its registration is over.
   */
  async find(token: string): Promise<CurrentSession | null> {
    const found = await this.read(token);
    if (!found?.user.isActive) return null;
    const now = this.clock.now();
    if (endOf(found, this.settings.sessions) <= now) return null;
    if (after(found.session.lastSeenAt, SEEN_EVERY) <= now) this.touch(found.session, now);
    return found;
  }

  /** Whether the token is of a session that waited for a code until its time was over. */
  async isPendingOver(token: string): Promise<boolean> {
    const found = await this.read(token);
    if (!found?.user.isActive || found.session.expiresAt > this.clock.now()) return false;
    return current(found.session, found.user).state === 'confirmation_required';
  }

  /**
   * A factor was proven on this device: a new token, the old one is dead. Throws `unauthenticated`
   * for the loser of a race.
   */
  async promote(
    manager: EntityManager,
    { session, user }: CurrentSession,
    { method, purpose }: Pick<RightAnswer, 'method' | 'purpose'>,
    device: NotedDevice,
  ): Promise<OpenedSession> {
    const now = this.clock.now();
    const renewed = await this.renew(
      manager,
      { session, user },
      {
        deviceId: device.id,
        methods: session.methods.includes(method) ? session.methods : [...session.methods, method],
        proofs: { ...session.proofs, [purpose]: now.toISOString() },
        expiresAt: needsConfirmation(user, session)
          ? after(now, this.absolute(user))
          : session.expiresAt,
      },
    );
    return { ...renewed, deviceToken: device.token };
  }

  /**
   * A new token for the same session. Throws `unauthenticated` when the old one is already dead.
   */
  async renew(
    manager: EntityManager,
    { session, user }: Omit<CurrentSession, 'state'>,
    changes: Partial<Session> = {},
  ): Promise<OpenedSession> {
    const now = this.clock.now();
    const token = newToken();
    const next = { ...changes, tokenHash: hashToken(token), lastSeenAt: now };
    if (!(await manager.withRepository(this.sessions).replaceToken(session, next, now)))
      throw new AppError('unauthenticated');
    return { token, deviceToken: null, ...current({ ...session, ...next }, user) };
  }

  /**
   * Throws `unauthenticated` unless the session still lives; first in a unit that ends others, for
   * two of them would end each other.
   */
  async hold(manager: EntityManager, session: Session): Promise<void> {
    const now = this.clock.now();
    const sessions = manager.withRepository(this.sessions);
    if (!(await sessions.replaceToken(session, { lastSeenAt: now }, now)))
      throw new AppError('unauthenticated');
  }

  /**
   * Takes a proof of this purpose out of the session; false when it is used up already, or the
   * session is over.
   */
  useProof(manager: EntityManager, session: Session, purpose: Purpose): Promise<boolean> {
    const { [purpose]: _used, ...left } = session.proofs;
    return manager.withRepository(this.sessions).replaceProofs(session, left);
  }

  /**
   * Whether its token still is the one it was read with: no proof has given it another since, and
   * nothing has ended it.
   */
  isHeld(session: Session): Promise<boolean> {
    const { id, tokenHash } = session;
    return this.unit.read((manager) =>
      manager.withRepository(this.sessions).existsBy({ id, tokenHash }),
    );
  }

  /** A code went out: a pending session lives 10 minutes from then, 30 in all. */
  async extendPending({ session }: CurrentSession): Promise<void> {
    const latest = after(session.createdAt, PENDING_LIMIT).getTime();
    session.expiresAt = new Date(Math.min(after(this.clock.now(), PENDING_LIFE).getTime(), latest));
    await this.unit.write((manager) =>
      manager.withRepository(this.sessions).moveExpiry(session, session.expiresAt),
    );
  }

  end(manager: EntityManager, id: number): Promise<void> {
    return manager.withRepository(this.sessions).end(id);
  }

  /** All sessions of a user but one: at a change of password, second factor or role. */
  endOthers(manager: EntityManager, userId: number, keep: number): Promise<void> {
    return manager.withRepository(this.sessions).endOthers(userId, keep);
  }

  endAll(manager: EntityManager, userIds: number[]): Promise<void> {
    return manager.withRepository(this.sessions).endAll(userIds);
  }

  deleteExpired(): Promise<number> {
    return SessionsRepository.deleteExpired(this.unit, this.clock.now());
  }

  private async read(token: string): Promise<CurrentSession | null> {
    const row = await this.check.first(hashToken(token));
    return row ? current(sessionFrom(row), userFrom(row)) : null;
  }

  // Not awaited: a check must not wait for a write, and a lost one costs nothing.
  private touch(session: Session, now: Date): void {
    session.lastSeenAt = now;
    this.unit
      .write((manager) => manager.withRepository(this.sessions).touch(session.id, now))
      .catch((error: unknown) =>
        this.log.warn(error instanceof Error ? error.message : 'last-seen not written'),
      );
  }

  private absolute({ isStaff }: ShownUser): number {
    return isStaff ? this.settings.sessions.staffAbsolute : this.settings.sessions.absolute;
  }
}

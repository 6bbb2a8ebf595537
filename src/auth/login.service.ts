import { Injectable } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { UsersService } from '../users/users.service.js';
import { confirmedId, type Verified } from './credentials.service.js';
import type { CurrentSession, OpenedSession } from './sessions/current-session.js';
import { KnownDevicesService } from './sessions/known-devices.service.js';
import type { PendingProof } from './factors/factor.js';
import { FactorsService } from './factors/factors.service.js';
import { loginPurpose, needsConfirmation } from './factors/second-factor.js';
import { SessionsService } from './sessions/sessions.service.js';

export interface LoggedIn {
  opened: OpenedSession;
  /** The proof the session waits for, if it waits. */
  pending: PendingProof | null;
}

/** What the unit of a log-in made. */
interface Opened {
  opened: OpenedSession;
  isNewDevice: boolean;
}

interface LoginOptions {
  /** The same client's earlier session: a pending one of the same user hands over its proof. */
  previous?: CurrentSession | null;
  /** Same-site path to go to afterwards. */
  nextPath?: string | null;
}

/** From a right password to a session. */
@Injectable()
export class LoginService {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly devices: KnownDevicesService,
    private readonly factors: FactorsService,
    private readonly unit: UnitOfWork,
    private readonly events: AccountEvents,
  ) {}

  /**
   * Opens a session for whom the password was right: active, or pending with a proof to give. A
   * code that cannot be sent is no error here. A device from which the account was not yet logged
   * in to is told of as `device.new`.
   */
  async login(
    verified: Verified,
    client: ClientInfo,
    options: LoginOptions = {},
  ): Promise<LoggedIn> {
    const { previous = null, nextPath = null } = options;
    const { opened, isNewDevice } = await this.openSurely(verified, client, nextPath);
    this.events.emit({
      name: 'session.opened',
      userId: opened.user.id,
      client,
      details: { state: opened.state },
    });
    if (isNewDevice) this.events.emit({ name: 'device.new', userId: opened.user.id, client });
    const isHandedOver = await this.takeOver(opened, previous);
    if (opened.state !== 'confirmation_required') return { opened, pending: null };
    const pending = isHandedOver
      ? await this.factors.pending(opened.session.id)
      : await this.ask(opened, client);
    return { opened, pending };
  }

  // The hash may have been renewed since it was compared: by another log-in with the same password,
  // or with the password itself.
  private async openSurely(
    verified: Verified,
    client: ClientInfo,
    nextPath: string | null,
  ): Promise<Opened> {
    try {
      return await this.open(verified, client, nextPath);
    } catch (error) {
      if (!AppError.is(error, 'invalid_credentials')) throw error;
      return this.open({ ...verified, user: await verified.again() }, client, nextPath);
    }
  }

  private open(
    { user, device }: Verified,
    client: ClientInfo,
    nextPath: string | null,
  ): Promise<Opened> {
    return this.unit.run(async (manager) => {
      const isPending = needsConfirmation(user, { methods: ['password'] });
      const lastLogin = isPending
        ? await this.users.holdPassword(manager, user)
        : await this.users.recordLogin(manager, user);
      const opened = await this.sessions.open(manager, user, client, {
        nextPath,
        deviceId: confirmedId(device),
      });
      if (isPending) return { opened, isNewDevice: false };
      const { token, isNew } = await this.devices.note(manager, user.id, device, 'seen');
      return {
        opened: { ...opened, deviceToken: token, user: { ...opened.user, lastLogin } },
        isNewDevice: isNew,
      };
    });
  }

  // Whatever the earlier session still owed, its token is dead from here on (docs/rules.md 5).
  private async takeOver(
    { session, user }: OpenedSession,
    previous: CurrentSession | null,
  ): Promise<boolean> {
    if (previous === null || previous.state === 'active') return false;
    return this.unit.run(async (manager) => {
      const moved =
        previous.user.id === user.id &&
        (await this.factors.move(manager, user.id, previous.session.id, session.id));
      await this.sessions.end(manager, previous.session.id);
      return moved;
    });
  }

  private async ask(
    { session, user }: OpenedSession,
    client: ClientInfo,
  ): Promise<PendingProof | null> {
    const purpose = loginPurpose(user);
    try {
      const pending = await this.factors.begin({ session, user, purpose, client });
      if (pending.message?.sentAt) await this.users.extendRegistration(user);
      return pending;
    } catch (error) {
      // The number is the user's own: the session stays, and its page offers to try again.
      if (!AppError.is(error, 'validation_failed')) throw error;
      return this.factors.pending(session.id);
    }
  }
}

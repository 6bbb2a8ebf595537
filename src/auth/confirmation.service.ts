import { Injectable } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { seconds } from '../common/clock.js';
import type { Purpose } from '../common/purpose.js';
import type { ErrorCode } from '../common/errors/error-table.js';
import { Turns, type TurnLimits } from '../common/turns.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Channel } from '../common/channel.js';
import { UsersService } from '../users/users.service.js';
import { current, type CurrentSession, type OpenedSession } from './sessions/current-session.js';
import { KnownDevicesService } from './sessions/known-devices.service.js';
import type { PendingProof, RightAnswer } from './factors/factor.js';
import { FactorsService } from './factors/factors.service.js';
import { loginPurpose } from './factors/second-factor.js';
import { SessionsService } from './sessions/sessions.service.js';
import { mayGiveNumber, TakenNumbersService } from './taken-numbers.service.js';

export interface Confirmed {
  opened: OpenedSession;
  purpose: Purpose;
}

/**
 * The loser of a double submit: another request with the same token has confirmed meanwhile; its
 * answer has the new one. Nothing is wrong and nothing is to be asked for again.
 */
export class AlreadyConfirmed extends AppError {
  constructor(cause: unknown) {
    super('no_pending_confirmation', { detail: GO_ON, cause });
  }
}

const GO_ON = 'Another request has just confirmed this. Go on with the token of its answer.';

/**
 * One code of a session is judged after the other: of a double submit the second finds done what it
 * asks for.
 */
const IN_LINE: TurnLimits = { running: 1, waiting: 500, patience: seconds(20) };

/** What the loser of a race may meet. */
const LOST: ReadonlySet<string> = new Set<ErrorCode>([
  'no_pending_confirmation',
  'unauthenticated',
  'too_many_attempts',
]);

/** The step between the password and the dashboard, and every later proof of a factor. */
@Injectable()
export class ConfirmationService {
  private readonly turns = new Turns(IN_LINE);

  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly devices: KnownDevicesService,
    private readonly factors: FactorsService,
    private readonly taken: TakenNumbersService,
    private readonly unit: UnitOfWork,
    private readonly events: AccountEvents,
  ) {}

  /**
   * What the session has to answer now: null when nothing is pending. A proof that is over still
   * says what to ask for again.
   */
  async pending({ session, state }: CurrentSession): Promise<PendingProof | null> {
    const pending = await this.factors.pending(session.id, true);
    if (pending === null || pending.state === 'used') return null;
    return state === 'confirmation_required' || pending.state === 'live' ? pending : null;
  }

  /**
   * Checks the answer; in one unit uses it up, notes what it proves, knows the device from here on
   * and gives the session a new token.
   * Throws `validation_failed` for what is no guess, `wrong_code`, `too_many_attempts`,
   * `no_pending_confirmation`, `phone_number_taken` (for a member as NumberTaken),
   * `provider_unavailable`; and AlreadyConfirmed for the loser of a double submit.
   */
  async confirm(session: CurrentSession, typed: string, client: ClientInfo): Promise<Confirmed> {
    try {
      return await this.turns.run(`${session.session.id}`, () =>
        this.confirmNow(session, typed, client),
      );
    } catch (error) {
      const isLost =
        error instanceof AppError &&
        LOST.has(error.code) &&
        (await this.isConfirmedMeanwhile(session));
      throw isLost ? new AlreadyConfirmed(error) : error;
    }
  }

  private async confirmNow(
    session: CurrentSession,
    typed: string,
    client: ClientInfo,
  ): Promise<Confirmed> {
    const answer = await this.factors.check(session, typed, client);
    const opened = await this.useUp(session, answer, client);
    answer.announce();
    this.emitConfirmed(session, answer, client);
    return { opened, purpose: answer.purpose };
  }

  /**
   * Sends again. Throws `too_many_requests`, `provider_unavailable`, `no_pending_confirmation`,
   * `validation_failed` for a refused number, `phone_number_taken` where another number has to be
   * given first.
   */
  async resend(
    session: CurrentSession,
    channel: Channel,
    client: ClientInfo,
  ): Promise<PendingProof> {
    if (await this.needsNumber(session)) throw new AppError('phone_number_taken');
    const purpose = await this.purposeOf(session);
    const pending = await this.factors.again({ ...session, purpose, client, channel });
    if (session.state === 'confirmation_required') {
      await this.sessions.extendPending(session);
      await this.users.extendRegistration(session.user);
    }
    return pending;
  }

  /**
   * Whether the session has nothing to answer before its account has another number: its right code
   * met one that was taken.
   */
  async needsNumber(current: CurrentSession): Promise<boolean> {
    if (!mayGiveNumber(current)) return false;
    const pending = await this.factors.pending(current.session.id);
    return pending === null || pending.state === 'used';
  }

  private async useUp(
    session: CurrentSession,
    answer: RightAnswer,
    client: ClientInfo,
  ): Promise<OpenedSession> {
    try {
      return await this.apply(session, answer, client);
    } catch (error) {
      const isTold = AppError.is(error, 'phone_number_taken');
      if (!isTold) await answer.giveBack().catch(() => undefined);
      throw error;
    }
  }

  private async apply(
    session: CurrentSession,
    answer: RightAnswer,
    client: ClientInfo,
  ): Promise<OpenedSession> {
    const { user } = session;
    try {
      return await this.unit.run(async (manager) => {
        await answer.useUp(manager);
        const proven = await answer.prove(manager);
        const isLogin = session.state === 'confirmation_required';
        const lastLogin = isLogin ? await this.users.recordLogin(manager, user) : user.lastLogin;
        const known = await this.devices.ofSession(manager, session.session);
        const device = await this.devices.note(manager, user.id, known, 'confirmed');
        const opened = await this.sessions.promote(manager, session, answer, device);
        return { ...opened, ...current(opened.session, { ...user, ...proven, lastLogin }) };
      });
    } catch (error) {
      throw AppError.is(error, 'phone_number_taken')
        ? await this.taken.refusal(session, answer, client)
        : error;
    }
  }

  // Where even this cannot be told, what went wrong before is.
  private async isConfirmedMeanwhile({ session }: CurrentSession): Promise<boolean> {
    try {
      const latest = await this.factors.pending(session.id);
      return latest?.state === 'used' && !(await this.sessions.isHeld(session));
    } catch {
      return false;
    }
  }

  private async purposeOf(session: CurrentSession): Promise<Purpose> {
    if (session.state === 'confirmation_required') return loginPurpose(session.user);
    const latest = await this.factors.pending(session.session.id);
    if (!latest || latest.state === 'used' || latest.state === 'withdrawn')
      throw new AppError('no_pending_confirmation');
    return latest.purpose;
  }

  private emitConfirmed(
    { session, user, state }: CurrentSession,
    { purpose, method }: RightAnswer,
    client: ClientInfo,
  ): void {
    if (state !== 'confirmation_required') return;
    const userId = user.id;
    const details = { purpose, channel: method };
    this.events.emit({ name: 'session.confirmed', userId, client, details });
    // The device of a registration is the account's first one, and no news to its owner.
    const isFirst = user.registrationExpiresAt !== null;
    if (session.deviceId === null && !isFirst)
      this.events.emit({ name: 'device.new', userId, client });
  }
}

import { Injectable } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { seconds } from '../common/clock.js';
import type { Purpose } from '../common/purpose.js';
import type { ErrorCode } from '../common/errors/error-table.js';
import { Turns, type TurnLimits } from '../common/turns.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Challenge, Channel } from '../phone-verification/challenge.entity.js';
import { PhoneVerificationService } from '../phone-verification/phone-verification.service.js';
import { UsersService } from '../users/users.service.js';
import { current, type CurrentSession, type OpenedSession } from './sessions/current-session.js';
import { KnownDevices } from './sessions/known-devices.service.js';
import { loginPurpose, proofOf } from './factors/proof-of.js';
import { pendingProof, type PendingProof } from './factors/pending-proof.js';
import { RegistrationService } from './registration.service.js';
import { SessionsService } from './sessions/sessions.service.js';
import { mayGiveNumber, TakenNumbers } from './taken-numbers.service.js';

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

/** Messages after which other ways than a text are offered. */
const OTHERS_AFTER = 2;

/** The step between the password and the dashboard, and every later proof of the phone. */
@Injectable()
export class ConfirmationService {
  private readonly turns = new Turns(IN_LINE);

  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly devices: KnownDevices,
    private readonly phones: PhoneVerificationService,
    private readonly registrations: RegistrationService,
    private readonly taken: TakenNumbers,
    private readonly unit: UnitOfWork,
    private readonly events: AccountEvents,
  ) {}

  /**
   * What the session has to answer now: null when nothing is pending. A challenge that is over
   * still says what to ask for again.
   */
  async pending({ session, state }: CurrentSession): Promise<PendingProof | null> {
    const latest = await this.phones.latestOf(session.id);
    if (latest === null || latest.consumedAt !== null) return null;
    const isLive = this.phones.isLive(latest);
    return state === 'confirmation_required' || isLive ? this.show(latest, isLive) : null;
  }

  /**
   * Reads and checks the code; in one unit uses the challenge up, marks the number proven, knows
   * the device from here on and gives the session a new token.
   * Throws `validation_failed` for what is no guess, `wrong_code`, `too_many_attempts`,
   * `no_pending_confirmation`, `phone_number_taken` (for a member as NumberTaken),
   * `provider_unavailable`; and AlreadyConfirmed for the loser of a double submit.
   */
  async confirm(session: CurrentSession, code: string, client: ClientInfo): Promise<Confirmed> {
    try {
      return await this.turns.run(`${session.session.id}`, () =>
        this.confirmNow(session, code, client),
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
    code: string,
    client: ClientInfo,
  ): Promise<Confirmed> {
    const challenge = await this.phones.check(session.session, code, client);
    const { opened, message } = await this.useUp(session, challenge, client);
    this.emitConfirmed(session, challenge, client);
    this.phones.announce(challenge, message, client);
    return { opened, purpose: challenge.purpose };
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
    const challenge = await this.phones.resend(proofOf(session, purpose, client, channel));
    if (session.state === 'confirmation_required') {
      await this.sessions.extendPending(session);
      await this.registrations.extend(session.user);
    }
    return this.show(challenge, true);
  }

  /**
   * Whether the session has nothing to answer before its account has another number: its right code
   * met one that was taken.
   */
  async needsNumber(current: CurrentSession): Promise<boolean> {
    if (!mayGiveNumber(current)) return false;
    const latest = await this.phones.latestOf(current.session.id);
    return latest === null || latest.consumedAt !== null;
  }

  /**
   * "Wrong number?": an unfinished registration is undone (true); else the pending session or
   * step-up just ends (false).
   */
  async cancel(asker: CurrentSession, client: ClientInfo): Promise<boolean> {
    const { session, state } = asker;
    if (state === 'confirmation_required' && (await this.registrations.withdraw(asker, client)))
      return true;
    await this.unit.run(async (manager) => {
      await this.phones.cancel(manager, { sessionId: session.id });
      if (state === 'confirmation_required') await this.sessions.end(manager, session.id);
    });
    return false;
  }

  private async show(challenge: Challenge, isLive: boolean): Promise<PendingProof> {
    const delivery = await this.phones.deliveryOf(challenge);
    const areOthersDue = challenge.sentCount >= OTHERS_AFTER || delivery === 'failed';
    const channels = areOthersDue ? [...this.phones.channelsFor(challenge.phoneNumber)] : undefined;
    const codeLength = this.phones.codeLengthOf(challenge);
    return pendingProof(challenge, isLive, { delivery, codeLength, ...(channels && { channels }) });
  }

  private async useUp(session: CurrentSession, challenge: Challenge, client: ClientInfo) {
    try {
      return await this.apply(session, challenge, client);
    } catch (error) {
      const isTold = AppError.is(error, 'phone_number_taken');
      if (!isTold)
        await this.phones.takeBack(challenge, session.session, client).catch(() => undefined);
      throw error;
    }
  }

  private async apply(session: CurrentSession, challenge: Challenge, client: ClientInfo) {
    const { user } = session;
    try {
      return await this.unit.run(async (manager) => {
        const message = await this.phones.consume(manager, challenge, session.session, client);
        await this.users.markPhoneVerified(manager, user.id, challenge.phoneNumber);
        const isLogin = session.state === 'confirmation_required';
        const lastLogin = isLogin ? await this.users.recordLogin(manager, user.id) : user.lastLogin;
        const device = await this.devices.note(
          manager,
          user.id,
          session.session.deviceId,
          'confirmed',
        );
        const opened = await this.sessions.promote(manager, session, challenge, device);
        const confirmed = {
          ...user,
          phoneNumberVerified: true,
          registrationExpiresAt: null,
          lastLogin,
        };
        return { opened: { ...opened, ...current(opened.session, confirmed) }, message };
      });
    } catch (error) {
      throw AppError.is(error, 'phone_number_taken')
        ? await this.taken.refusal(session, challenge, client)
        : error;
    }
  }

  // Where even this cannot be told, what went wrong before is.
  private async isConfirmedMeanwhile({ session }: CurrentSession): Promise<boolean> {
    try {
      const latest = await this.phones.latestOf(session.id);
      return (
        latest !== null && latest.consumedAt !== null && !(await this.sessions.isHeld(session))
      );
    } catch {
      return false;
    }
  }

  private async purposeOf(session: CurrentSession): Promise<Purpose> {
    if (session.state === 'confirmation_required') return loginPurpose(session.user);
    const latest = await this.phones.latestOf(session.session.id);
    if (!latest || latest.consumedAt !== null || latest.canceledAt !== null)
      throw new AppError('no_pending_confirmation');
    return latest.purpose;
  }

  private emitConfirmed(
    { session, user, state }: CurrentSession,
    { purpose, channel }: Challenge,
    client: ClientInfo,
  ): void {
    const userId = user.id;
    if (!user.phoneNumberVerified) this.events.emit({ name: 'phone.verified', userId, client });
    if (state !== 'confirmation_required') return;
    this.events.emit({ name: 'session.confirmed', userId, client, details: { purpose, channel } });
    // The device of a registration is the account's first one, and no news to its owner.
    const isFirst = user.registrationExpiresAt !== null;
    if (session.deviceId === null && !isFirst)
      this.events.emit({ name: 'device.new', userId, client });
  }
}

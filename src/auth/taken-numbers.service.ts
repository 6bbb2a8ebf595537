import { Injectable, Logger } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { Clock } from '../common/clock.js';
import type { PhoneNumber } from '../common/phone/phone-number.js';
import type { ChosenCountry } from '../common/phone/parse-phone-number.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { UserNumbersService } from '../users/user-numbers.service.js';
import type { CurrentSession, OpenedSession } from './sessions/current-session.js';
import type { PendingProof, RightAnswer } from './factors/factor.js';
import { FactorsService } from './factors/factors.service.js';
import { RegistrationService } from './registration.service.js';
import { SessionsService } from './sessions/sessions.service.js';

/** A number as typed. */
export interface TypedNumber extends Pick<ChosenCountry, 'countryCode' | 'country'> {
  phoneNumber: string;
}

/**
 * A member's right code, for a number that somebody else has proven: the session goes on by a new
 * token, to give another one.
 */
export class NumberTaken extends AppError {
  constructor(readonly opened: OpenedSession) {
    super('phone_number_taken', { detail: GIVE_ANOTHER });
    this.name = 'NumberTaken';
  }
}

/**
 * Whether the session may give its account another number: a pending one whose right code met a
 * number that was taken. It remembers that proof, and no session that is let in is pending;
 * unfinished registrations start anew instead.
 */
export const mayGiveNumber = ({ session, user, state }: CurrentSession): boolean =>
  state === 'confirmation_required' &&
  !user.phoneNumberVerified &&
  user.registrationExpiresAt === null &&
  session.proofs.register !== undefined;

/**
 * What becomes of a right code whose number somebody else has proven meanwhile. Only here does the
 * holder of the phone learn it. A registration is undone; a member keeps the account and gives
 * another number.
 */
@Injectable()
export class TakenNumbersService {
  private readonly log = new Logger(TakenNumbersService.name);

  constructor(
    private readonly numbers: UserNumbersService,
    private readonly sessions: SessionsService,
    private readonly factors: FactorsService,
    private readonly registrations: RegistrationService,
    private readonly unit: UnitOfWork,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * The refusal of a right code: `phone_number_taken`, for a member as NumberTaken with the
   * session's new token. Throws `unauthenticated` where the session has ended meanwhile.
   */
  async refusal(
    current: CurrentSession,
    answer: RightAnswer,
    client: ClientInfo,
  ): Promise<AppError> {
    const { user } = current;
    const isMember = user.registrationExpiresAt === null;
    const refusal = isMember
      ? await this.keep(current, answer)
      : await this.undo(current, answer, client);
    const event = { name: 'phone.refused-as-taken', userId: user.id, client } as const;
    this.events.emit(event, user.phoneNumber);
    return refusal;
  }

  /**
   * Gives the member of such a session another number and sends it a code; other sessions of the
   * account end. A code that cannot be sent now is no error. Throws
   * `forbidden` for any other session, `validation_failed` at `phone_number` or `country_code`,
   * `no_pending_confirmation` where another request gave a number first.
   */
  async giveAnother(
    current: CurrentSession,
    typed: TypedNumber,
    client: ClientInfo,
  ): Promise<PendingProof> {
    if (!mayGiveNumber(current)) throw new AppError('forbidden', { detail: NOT_NOW });
    const { user, session } = current;
    const number = this.numbers.parseNumber(typed.phoneNumber, typed);
    await this.requireNotTaken(current, number);
    await this.unit.run(async (manager) => {
      if (!(await this.numbers.giveNumber(manager, user, number)))
        throw new AppError('no_pending_confirmation', { detail: LATE });
      await this.factors.cancel(manager, { userId: user.id });
      await this.sessions.endOthers(manager, user.id, session.id);
    });
    this.events.emit({ name: 'phone.changed', userId: user.id, client });
    Object.assign(user, { phoneNumber: number.e164, countryCode: number.countryCode });
    const pending = await this.factors.begin({ ...current, purpose: 'register', client });
    if (pending.message?.sentAt) await this.sessions.extendPending(current);
    return pending;
  }

  // The number it has proven may be free again by now. Of any other one nobody is told before its
  // code.
  private async requireNotTaken({ user }: CurrentSession, { e164 }: PhoneNumber): Promise<void> {
    if (e164 !== user.phoneNumber || !(await this.numbers.findHolder(e164))) return;
    throw AppError.invalid({ field: 'phone_number', code: 'taken', detail: STILL_TAKEN });
  }

  // The right code changes the token (docs/rules.md 5): whoever stole the old one must not choose
  // the number.
  private async keep(current: CurrentSession, answer: RightAnswer): Promise<NumberTaken> {
    const { session } = current;
    const proofs = { ...session.proofs, register: this.clock.now().toISOString() };
    const opened = await this.unit.run(async (manager) => {
      await answer.useUp(manager);
      return this.sessions.renew(manager, current, { proofs });
    });
    answer.announce();
    return new NumberTaken(opened);
  }

  private async undo(
    current: CurrentSession,
    answer: RightAnswer,
    client: ClientInfo,
  ): Promise<AppError> {
    const { session, user } = current;
    await this.useUpInVain(answer);
    if (!(await this.registrations.undo(user.id, client))) {
      await this.unit.run(async (manager) => {
        await this.factors.cancel(manager, { sessionId: session.id });
        await this.sessions.end(manager, session.id);
      });
    }
    return new AppError('phone_number_taken');
  }

  // The code was right all the same: it counts as one. What cannot be noted must not hide what is
  // to be told.
  private async useUpInVain(answer: RightAnswer): Promise<void> {
    try {
      await this.unit.run((manager) => answer.useUp(manager));
      answer.announce();
    } catch {
      this.log.warn('A right code for a number that is taken could not be noted.');
    }
  }
}

const NOT_NOW = 'This session cannot give its account another number.';
const LATE = 'Another request has just given a number. Look at the session again.';
const STILL_TAKEN = 'Another user with this phone number already exists. Give another number.';
const GIVE_ANOTHER =
  'Another user with this phone number already exists. Your account is kept: give another number.';

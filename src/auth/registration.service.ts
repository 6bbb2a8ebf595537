import { Injectable } from '@nestjs/common';
import { BotChecks } from '../bot-check/bot-checks.service.js';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { after, Clock } from '../common/clock.js';
import { Turns } from '../common/turns.js';
import type { AccountInput } from '../users/account-form.js';
import type { User } from '../users/user.entity.js';
import { usernameKey } from '../users/username.js';
import type { NewUser } from '../users/users.repository.js';
import { UsersService } from '../users/users.service.js';
import { AccountsService } from './accounts.service.js';
import {
  ContinuedRegistrationsService,
  type Returning,
} from './continued-registrations.service.js';
import type { CurrentSession, OpenedSession } from './sessions/current-session.js';
import { REGISTRATION_LIFE, REGISTRATIONS_IN_LINE } from '../common/limits/session-limits.js';
import type { PendingProof } from './factors/factor.js';
import { FactorsService } from './factors/factors.service.js';
import { SessionsService } from './sessions/sessions.service.js';

/** A session that waits for its code. */
export interface Pending {
  opened: OpenedSession;
  pending: PendingProof;
}

interface Admitted extends Stored {
  isContinued: boolean;
  /** It went without a bot check. */
  isUnchecked: boolean;
}

type Entered = Pick<Admitted, 'opened' | 'isUnchecked'>;

/** A registration as typed, with what the client brought of its bot check. */
export interface RegistrationInput extends AccountInput {
  password: string;
  botCheck?: string | undefined;
}

interface Stored {
  user: User;
  opened: OpenedSession;
  /** The client's own unfinished try is gone. */
  isReplaced: boolean;
}

/** From the form to the confirm page, and back by "wrong number?". */
@Injectable()
export class RegistrationService {
  private readonly turns = new Turns(REGISTRATIONS_IN_LINE);

  constructor(
    private readonly users: UsersService,
    private readonly accounts: AccountsService,
    private readonly continuing: ContinuedRegistrationsService,
    private readonly sessions: SessionsService,
    private readonly bots: BotChecks,
    private readonly factors: FactorsService,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores the account unverified, opens a pending session and sends the code. `previous` is the
   * same client's own unfinished try, which this one replaces. The same username, number and
   * password continue an unfinished try, whoever holds its token: the same code, sent again where
   * no wait forbids; the names as typed last. Throws `validation_failed` (every refused field, else
   * the bot check, or the provider's word on the number), `bot_check_unavailable`,
   * `username_taken`, `busy`; what failed behind its message stays to be continued.
   */
  register(
    input: RegistrationInput,
    client: ClientInfo,
    previous: CurrentSession | null = null,
  ): Promise<Pending> {
    return this.turns.run(usernameKey(input.username), () =>
      this.registerNow(input, client, previous),
    );
  }

  private async registerNow(
    input: RegistrationInput,
    client: ClientInfo,
    previous: CurrentSession | null,
  ): Promise<Pending> {
    const own = previous?.state === 'confirmation_required' ? previous.user.id : null;
    const refund =
      previous && own !== null ? await this.factors.refund(previous.session.id) : undefined;
    const { user, opened, isReplaced, isContinued, isUnchecked } = await this.admitted(
      input,
      own,
      client,
    );
    if (isContinued) return this.goOn({ opened, isUnchecked }, own, client);
    // What cannot be given back must not hinder the new try.
    if (isReplaced) await refund?.().catch(() => undefined);
    this.events.emit({ name: 'user.registered', userId: user.id, client });
    try {
      const asked = askedOf(opened, isUnchecked, client);
      return { opened, pending: await this.factors.begin(asked) };
    } catch (error) {
      if (!(await this.mayGoOn(opened))) await this.undo(user.id, client).catch(() => false);
      throw error;
    }
  }

  // Nobody got a token for it: where nothing was sent, the row would only block its username. A
  // code that may arrive has to work: its person goes on by registering once more. While the
  // database is gone nothing can be undone either.
  private async mayGoOn({ session }: OpenedSession): Promise<boolean> {
    const pending = await this.factors.pending(session.id).catch(() => undefined);
    return pending === undefined || (pending?.message?.sentCount ?? 0) > 0;
  }

  private async goOn(admitted: Entered, own: number | null, client: ClientInfo): Promise<Pending> {
    const { opened, isUnchecked } = admitted;
    const { user } = opened;
    if (own !== null && own !== user.id) await this.undo(own, client);
    const before = await this.factors.pending(opened.session.id);
    try {
      const asked = askedOf(opened, isUnchecked, client);
      const pending = await this.factors.again({ ...asked, isContinued: true });
      if (isSentSince(pending, before)) await this.users.extendRegistration(user);
      return { opened, pending };
    } catch (error) {
      if (AppError.is(error, 'validation_failed'))
        await this.undo(user.id, client).catch(() => false);
      throw error;
    }
  }

  /**
   * Undoes an unfinished registration; false when there is none to undo (confirmed meanwhile, or
   * not self-registered).
   */
  async undo(userId: number, client: ClientInfo): Promise<boolean> {
    const undone = await this.accounts.unitThatRemoves(async (manager, remove) => {
      const ids = await this.users.unfinished(manager, [userId]);
      await remove(ids);
      return ids.length > 0;
    });
    if (undone) this.events.emit({ name: 'user.registration-undone', userId, client });
    return undone;
  }

  /**
   * "Wrong number?": undoes the registration of this session, if there is one to undo; false
   * otherwise.
   */
  async withdraw({ user, session }: CurrentSession, client: ClientInfo): Promise<boolean> {
    const refund = await this.factors.refund(session.id);
    if (!(await this.undo(user.id, client))) return false;
    await refund().catch(() => undefined);
    return true;
  }

  // An answer to the bot check counts for one message: a name that is taken, or a failure of ours,
  // does not use it up.
  private async admitted(
    input: RegistrationInput,
    own: number | null,
    client: ClientInfo,
  ): Promise<Admitted> {
    const account = { ...this.users.parse(input), password: input.password };
    const { phoneNumber } = account;
    const { pass, isUnchecked } = await this.bots.admit({
      answer: input.botCheck ?? '',
      phoneNumber: phoneNumber.e164,
      client,
    });
    const returning = { account, isNamed: input.fullName !== undefined, own, client };
    try {
      const holder = await this.users.findByUsername(account.username);
      const entered =
        (await this.continued(holder, returning)) ?? (await this.stored(holder, returning));
      return { ...entered, isUnchecked };
    } catch (error) {
      await this.bots.giveBack(pass).catch(() => undefined);
      throw error;
    }
  }

  // Null where the name is free to be taken. Throws `username_taken`.
  private async continued(
    holder: User | null,
    returning: Returning,
  ): Promise<Omit<Admitted, 'isUnchecked'> | null> {
    if (!holder || this.users.isExpired(holder)) return null;
    const opened = await this.continuing.resume(holder, returning);
    if (opened) return { user: holder, opened, isReplaced: false, isContinued: true };
    if (holder.id === returning.own) return null;
    throw new AppError('username_taken');
  }

  // Who loses the race for a name may be the same person: a form that was sent twice.
  private async stored(
    expired: User | null,
    returning: Returning,
  ): Promise<Omit<Admitted, 'isUnchecked'>> {
    const { account } = returning;
    try {
      const user = await this.users.hashed(account);
      return { ...(await this.store(user, expired, returning)), isContinued: false };
    } catch (error) {
      if (!AppError.is(error, 'username_taken')) throw error;
      const holder = await this.users.findByUsername(account.username);
      const continued = await this.continued(holder, returning);
      if (continued) return continued;
      throw error;
    }
  }

  private store(user: NewUser, expired: User | null, { own, client }: Returning): Promise<Stored> {
    const registration = {
      ...user,
      changePw: false,
      registrationExpiresAt: after(this.clock.now(), REGISTRATION_LIFE),
    };
    return this.accounts.unitThatRemoves(async (manager, remove) => {
      const replaced = own === null ? [] : await this.users.unfinished(manager, [own]);
      if (own !== null) await remove(replaced);
      if (expired)
        await remove(await this.users.unfinished(manager, [expired.id], this.clock.now()));
      const created = await this.users.createUser(manager, registration);
      return {
        user: created,
        opened: await this.sessions.open(manager, created, client),
        isReplaced: replaced.length > 0,
      };
    });
  }
}

const askedOf = ({ session, user }: OpenedSession, isUnchecked: boolean, client: ClientInfo) =>
  ({ session, user, purpose: 'register', client, isUnchecked }) as const;

/** A proof with little time left is followed by a new one, which counts its own messages. */
function isSentSince({ message, expiresAt }: PendingProof, before: PendingProof | null): boolean {
  const isSame = before?.expiresAt.getTime() === expiresAt.getTime();
  return (message?.sentCount ?? 0) > (isSame ? (before.message?.sentCount ?? 0) : 0);
}

import { Injectable } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Account } from '../users/account-form.js';
import type { User } from '../users/user.entity.js';
import { UsersService } from '../users/users.service.js';
import { CredentialsService } from './credentials.service.js';
import type { OpenedSession } from './sessions/current-session.js';
import { FactorsService } from './factors/factors.service.js';
import { SessionsService } from './sessions/sessions.service.js';

/** Who registers under a name that is taken. */
export interface Returning {
  account: Account & { password: string };
  /** A full name was typed, even an empty one. */
  isNamed: boolean;
  /** The unfinished registration whose token the client holds. */
  own: number | null;
  client: ClientInfo;
}

/**
 * Unfinished registrations that their person goes on with: the same username, number and password,
 * because the answer to the first try was lost, or the try was cut off. Whoever lacks one of the
 * three learns nothing but that the name is taken.
 */
@Injectable()
export class ContinuedRegistrationsService {
  constructor(
    private readonly users: UsersService,
    private readonly credentials: CredentialsService,
    private readonly sessions: SessionsService,
    private readonly factors: FactorsService,
    private readonly unit: UnitOfWork,
    private readonly events: AccountEvents,
  ) {}

  /**
   * A new session of the holder's registration, the only one from here on, with its challenge; null
   * where there is none that this client may go on with. One hash, whichever it is.
   */
  async resume(holder: User, returning: Returning): Promise<OpenedSession | null> {
    const { account, own, client } = returning;
    const isOpen =
      holder.registrationExpiresAt !== null && !this.users.isExpired(holder) && holder.isActive;
    const user = isOpen && holder.phoneNumber === account.phoneNumber.e164 ? holder : null;
    if (!(await this.isRight(user, holder.id === own, returning)) || user === null) return null;
    const opened = await this.open(user, returning);
    if (opened) this.events.emit({ name: 'user.registration-continued', userId: user.id, client });
    return opened;
  }

  // Whoever holds the token of this very registration has nothing to guess.
  private async isRight(
    user: User | null,
    isOwn: boolean,
    { account, client }: Returning,
  ): Promise<boolean> {
    if (isOwn) return user !== null && this.credentials.isPasswordOf(user, account.password);
    return this.credentials.recognizes(user, account.username, account.password, client);
  }

  private async open(
    user: User,
    { account, isNamed, client }: Returning,
  ): Promise<OpenedSession | null> {
    const typed = {
      username: account.username,
      fullName: isNamed ? account.fullName : user.fullName,
    };
    try {
      return await this.unit.run(async (manager) => {
        if ((await this.users.unfinished(manager, [user.id])).length === 0) return null;
        await this.users.holdPassword(manager, user);
        await this.users.retype(manager, user.id, typed);
        const opened = await this.sessions.open(manager, Object.assign(user, typed), client);
        await this.factors.move(manager, user.id, 'any', opened.session.id);
        await this.sessions.endOthers(manager, user.id, opened.session.id);
        return opened;
      });
    } catch (error) {
      // Its hash was renewed between the comparing and the session: the next try meets the new one.
      if (AppError.is(error, 'invalid_credentials'))
        throw new AppError('busy', { retryAfter: 1, cause: error });
      throw error;
    }
  }
}

import { Injectable } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { AppError, type FieldError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { normalForm } from '../common/text/normal-form.js';
import { isTooLong } from '../common/limits/text-limits.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PasswordsService } from '../users/passwords/passwords.service.js';
import { UsersService } from '../users/users.service.js';
import { CredentialsService } from './credentials.service.js';
import { current, type CurrentSession, type OpenedSession } from './sessions/current-session.js';
import { KnownDevicesService } from './sessions/known-devices.service.js';
import { FactorsService } from './factors/factors.service.js';
import { SessionsService } from './sessions/sessions.service.js';

export interface PasswordChange {
  old: string;
  new: string;
  /** Names of the two fields as the face calls them, for its errors. */
  fields: { old: string; new: string };
}

/** The person's own password: also the way out of a forced change. */
@Injectable()
export class PasswordChangeService {
  constructor(
    private readonly users: UsersService,
    private readonly credentials: CredentialsService,
    private readonly passwords: PasswordsService,
    private readonly sessions: SessionsService,
    private readonly devices: KnownDevicesService,
    private readonly factors: FactorsService,
    private readonly unit: UnitOfWork,
    private readonly events: AccountEvents,
  ) {}

  /**
   * A new token; all other sessions and open challenges of the account end, and no other device is
   * known any more. Throws `validation_failed`, `too_many_attempts`, `busy`.
   */
  async change(
    { session, user }: CurrentSession,
    change: PasswordChange,
    client: ClientInfo,
  ): Promise<OpenedSession> {
    const account = await this.users.findById(user.id);
    if (account === null) throw new AppError('unauthenticated');
    const isRight = await this.credentials.confirm(account, change.old, client, session);
    if (!isRight) throw AppError.invalid(incorrect(change.fields.old));
    if (isSame(change.old, change.new)) throw AppError.invalid(unchanged(change.fields.new));
    const hash = await this.passwords.hashNew(account, change.new, change.fields.new);
    const opened = await this.unit.run(async (manager) => {
      await this.passwords.replace(manager, user.id, hash, false);
      await this.factors.cancel(manager, { userId: user.id });
      await this.sessions.endOthers(manager, user.id, session.id);
      const isConfirmed = session.deviceId !== null;
      const device = await this.devices.renew(manager, user.id, isConfirmed ? 'confirmed' : 'seen');
      const renewed = await this.sessions.renew(
        manager,
        { session, user },
        { deviceId: isConfirmed ? device.id : null },
      );
      return { ...renewed, deviceToken: device.token };
    });
    this.events.emit({ name: 'password.changed', userId: user.id, client });
    return { ...opened, ...current(opened.session, { ...user, changePw: false }) };
  }
}

/** The old one was right, so it is short enough. */
const isSame = (old: string, other: string): boolean =>
  !isTooLong(other, 'password') && normalForm(old, 'NFC') === normalForm(other, 'NFC');

const incorrect = (field: string): FieldError => ({
  field,
  code: 'incorrect',
  detail: 'Your old password was entered incorrectly. Please enter it again.',
});
const unchanged = (field: string): FieldError => ({
  field,
  code: 'unchanged',
  detail: 'Choose a password that differs from the old one.',
});

import { Injectable } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { CurrentSession } from './sessions/current-session.js';
import { FactorsService } from './factors/factors.service.js';
import { RegistrationService } from './registration.service.js';
import { SessionsService } from './sessions/sessions.service.js';

/** The end of a session, by its holder. */
@Injectable()
export class LogoutService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly factors: FactorsService,
    private readonly registrations: RegistrationService,
    private readonly unit: UnitOfWork,
    private readonly events: AccountEvents,
  ) {}

  async logout({ session, user }: CurrentSession, client: ClientInfo): Promise<void> {
    await this.unit.run(async (manager) => {
      await this.factors.cancel(manager, { sessionId: session.id });
      await this.sessions.end(manager, session.id);
    });
    this.events.emit({ name: 'session.ended', userId: user.id, client });
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
      await this.factors.cancel(manager, { sessionId: session.id });
      if (state === 'confirmation_required') await this.sessions.end(manager, session.id);
    });
    return false;
  }
}

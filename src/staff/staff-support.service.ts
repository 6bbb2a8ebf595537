import { Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { CredentialsService } from '../auth/credentials.service.js';
import { FactorsService } from '../auth/factors/factors.service.js';
import { SessionDirectory } from '../auth/sessions/session-directory.js';
import { SessionsService } from '../auth/sessions/sessions.service.js';
import { StaffAccessService } from './staff-access.service.js';
import { StaffEvents } from './staff-events.js';
import { requireOther, requirePermission, requireTouch, type StaffActor } from './staff-rules.js';

/** What staff do for people beside editing: let them try again, and end a session. */
@Injectable()
export class StaffSupportService {
  constructor(
    private readonly access: StaffAccessService,
    private readonly directory: SessionDirectory,
    private readonly sessions: SessionsService,
    private readonly factors: FactorsService,
    private readonly credentials: CredentialsService,
    private readonly unit: UnitOfWork,
    private readonly events: StaffEvents,
  ) {}

  /**
   * Forgets wrong passwords and wrong codes of somebody else's account. Throws `not_found`,
   * `forbidden`.
   */
  async unlock(actor: StaffActor, userId: number, client: ClientInfo): Promise<void> {
    requirePermission(actor, 'users.change');
    const { user, target } = await this.access.target(userId);
    requireTouch(actor, target);
    requireOther(actor, target);
    await this.factors.unlock(user);
    await this.credentials.unlock(user);
    this.events.unlocked(actor, userId, client);
  }

  /** Ends one session with what it waits for. Throws `not_found`, `forbidden`. */
  async endSession(actor: StaffActor, sessionId: number, client: ClientInfo): Promise<void> {
    requirePermission(actor, 'sessions.end');
    const [session] = await this.directory.findMany([sessionId]);
    if (!session) throw new AppError('not_found');
    const { target } = await this.access.target(session.userId);
    requireTouch(actor, target);
    await this.unit.run(async (manager) => {
      await this.factors.cancel(manager, { sessionId });
      await this.sessions.end(manager, sessionId);
    });
    this.events.sessionEnded(actor, session.userId, client);
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { after, Clock, minutes } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Purpose } from '../common/purpose.js';
import { UsersService } from '../users/users.service.js';
import type { CurrentSession } from './sessions/current-session.js';
import type { ShownUser } from '../users/user-columns.js';
import type { PendingProof } from './factors/factor.js';
import { FactorsService } from './factors/factors.service.js';
import type { Session } from './sessions/session.entity.js';
import { SessionsService } from './sessions/sessions.service.js';

/** A fresh proof is needed first; it is asked for. */
export class StepUpRequired extends AppError {
  constructor(readonly pending: PendingProof) {
    super('step_up_required');
    this.name = 'StepUpRequired';
  }
}

const FRESH = minutes(5);

/**
 * The person's own second factor: set on or off, never flipped, and never without a fresh proof of
 * a factor.
 */
@Injectable()
export class TwoFactorService {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly factors: FactorsService,
    private readonly unit: UnitOfWork,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * On: at once if this session proved a factor within 5 minutes, for whatever purpose. Off: only
   * with such a proof of purpose `disable_two_factor`, which is used up by it. Otherwise throws
   * StepUpRequired, a code having been asked for. Other sessions end when it changes.
   */
  async set(current: CurrentSession, enabled: boolean, client: ClientInfo): Promise<ShownUser> {
    const { session, user } = current;
    if (user.twoFactorAuth === enabled) return user;
    const purpose: Purpose = enabled ? 'enable_two_factor' : 'disable_two_factor';
    if (!this.hasFreshProof(session, purpose))
      throw new StepUpRequired(await this.ask(current, purpose, client));
    const done = await this.unit.run((manager) => this.apply(manager, current, enabled));
    if (done === 'unproven') throw new StepUpRequired(await this.ask(current, purpose, client));
    if (done === 'set')
      this.events.emit({
        name: enabled ? 'two-factor.on' : 'two-factor.off',
        userId: user.id,
        client,
      });
    return { ...user, twoFactorAuth: enabled };
  }

  // Of two that ask at once with one proof, one uses it up; the other one finds done what it asked
  // for.
  private async apply(manager: EntityManager, { session, user }: CurrentSession, enabled: boolean) {
    await this.sessions.hold(manager, session);
    if (!enabled && !(await this.sessions.useProof(manager, session, 'disable_two_factor')))
      return (await this.users.hasTwoFactor(manager, user.id, enabled)) ? 'already' : 'unproven';
    if (!(await this.users.setTwoFactor(manager, user.id, enabled))) return 'already';
    await this.sessions.endOthers(manager, user.id, session.id);
    return 'set';
  }

  private hasFreshProof({ proofs }: Session, purpose: Purpose): boolean {
    const instants = purpose === 'enable_two_factor' ? Object.values(proofs) : [proofs[purpose]];
    return instants.some(
      (instant) => instant !== undefined && after(new Date(instant), FRESH) > this.clock.now(),
    );
  }

  // Asking twice sends once: the first code goes on working.
  private async ask(
    current: CurrentSession,
    purpose: Purpose,
    client: ClientInfo,
  ): Promise<PendingProof> {
    const latest = await this.factors.pending(current.session.id);
    if (latest?.purpose === purpose && latest.state === 'live') return latest;
    try {
      return await this.factors.begin({ ...current, purpose, client });
    } catch (error) {
      if (AppError.is(error, 'validation_failed'))
        throw new AppError('provider_unavailable', { retryAfter: 60, cause: error });
      throw error;
    }
  }
}

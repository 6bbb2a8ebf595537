import { Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { Conversions } from '../messaging/limits/conversions.js';
import { LimitDecisions } from '../messaging/limits/limit-decisions.js';
import { lowConversion } from '../messaging/limits/send-rules.js';
import { requireSuperuser, type StaffActor } from './staff-rules.js';

/** What staff do about limits of sending. */
@Injectable()
export class StaffLimitsService {
  constructor(
    private readonly decisions: LimitDecisions,
    private readonly conversions: Conversions,
  ) {}

  /**
   * Lets the country or block of this decision register again before its rest is over. Throws
   * `not_found`, `forbidden`.
   */
  async lift(actor: StaffActor, decisionId: number, client: ClientInfo): Promise<void> {
    requireSuperuser(actor);
    const [decision] = await this.decisions.findMany([decisionId]);
    const region = decision?.limit === lowConversion.name ? decision.subject : null;
    const isLifted =
      region !== null && (await this.conversions.lift(region, { actorId: actor.id, client }));
    if (!isLifted) throw new AppError('not_found');
  }
}

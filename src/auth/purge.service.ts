import { Injectable } from '@nestjs/common';
import { setImmediate as otherWork } from 'node:timers/promises';
import { after, Clock, days } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { IdempotentCalls } from '../idempotency/idempotent-calls.service.js';
import { REPORTED_DAYS } from '../messaging/receipts/delivery-report.js';
import { Conversions } from '../messaging/limits/conversions.js';
import { LimitDecisions } from '../messaging/limits/limit-decisions.js';
import { ChallengesService } from '../phone-verification/challenges.service.js';
import { Budgets } from '../rate-limit/budgets.js';
import { UsersService } from '../users/users.service.js';
import { AccountsService } from './accounts.service.js';
import { KnownDevicesService } from './sessions/known-devices.service.js';
import { SessionsService } from './sessions/sessions.service.js';

export interface Purged {
  registrations: number;
  sessions: number;
  devices: number;
  challenges: number;
  messages: number;
  conversions: number;
  decisions: number;
  budgets: number;
  calls: number;
}

/** Accounts of one unit, each with its sessions, challenges and devices. */
const BATCH = 50;

/**
 * Takes away what has expired. Nothing depends on it being punctual: expired rows already mean
 * nothing.
 */
@Injectable()
export class PurgeService {
  constructor(
    private readonly users: UsersService,
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly devices: KnownDevicesService,
    private readonly challenges: ChallengesService,
    private readonly conversions: Conversions,
    private readonly decisions: LimitDecisions,
    private readonly budgets: Budgets,
    private readonly calls: IdempotentCalls,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  async purge(): Promise<Purged> {
    const now = this.clock.now();
    await this.decisions.forgetNetworks(after(now, -days(this.settings.auditAddressDays)));
    return {
      registrations: await this.purgeRegistrations(now),
      sessions: await this.sessions.deleteExpired(),
      devices: await this.devices.deleteExpired(),
      challenges: await this.challenges.deleteExpired(after(now, -days(1))),
      messages: await this.challenges.deleteMessages(after(now, -days(REPORTED_DAYS))),
      conversions: await this.conversions.deleteExpired(),
      decisions: await this.decisions.deleteBefore(after(now, -days(REPORTED_DAYS))),
      budgets: await this.budgets.deleteExpired(),
      calls: await this.calls.deleteExpired(),
    };
  }

  private async purgeRegistrations(now: Date): Promise<number> {
    let gone = 0;
    for (;;) {
      const ids = await this.users.expiredRegistrations(now, BATCH);
      const removed = ids.length === 0 ? 0 : await this.removeExpired(ids, now);
      if (removed === 0) return gone;
      gone += removed;
      await otherWork();
    }
  }

  private removeExpired(ids: number[], now: Date): Promise<number> {
    return this.accounts.unitThatRemoves(async (manager, remove) => {
      const expired = await this.users.unfinished(manager, ids, now);
      await remove(expired);
      return expired.length;
    });
  }
}

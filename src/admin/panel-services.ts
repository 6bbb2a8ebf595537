import { Injectable } from '@nestjs/common';
import { AuditReader } from '../audit/audit-reader.js';
import { SessionDirectory } from '../auth/sessions/session-directory.js';
import { StaffAccounts } from '../staff/staff-accounts.service.js';
import { StaffGroups } from '../staff/staff-groups.service.js';
import { StaffLimits } from '../staff/staff-limits.service.js';
import { StaffNumbers } from '../staff/staff-numbers.service.js';
import { StaffSupport } from '../staff/staff-support.service.js';
import { ChallengeDirectory } from '../phone-verification/challenge-directory.js';
import { DeliveryReport } from '../messaging/receipts/delivery-report.js';
import { LimitDecisions } from '../messaging/limits/limit-decisions.js';
import { MessageDirectory } from '../messaging/message-directory.js';
import { GroupsService } from '../users/groups/groups.service.js';
import { UserDirectory } from '../users/user-directory.js';

/** What the panel's resources stand on. */
@Injectable()
export class PanelServices {
  constructor(
    readonly users: UserDirectory,
    readonly groups: GroupsService,
    readonly accounts: StaffAccounts,
    readonly numbers: StaffNumbers,
    readonly staffGroups: StaffGroups,
    readonly support: StaffSupport,
    readonly staffLimits: StaffLimits,
    readonly sessions: SessionDirectory,
    readonly challenges: ChallengeDirectory,
    readonly messages: MessageDirectory,
    readonly delivery: DeliveryReport,
    readonly limits: LimitDecisions,
    readonly audit: AuditReader,
  ) {}
}

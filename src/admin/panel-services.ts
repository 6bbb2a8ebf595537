import { Injectable } from '@nestjs/common';
import { AuditReader } from '../audit/audit-reader.js';
import { SessionDirectory } from '../auth/session-directory.js';
import { StaffAccounts } from '../auth/staff-accounts.service.js';
import { StaffGroups } from '../auth/staff-groups.service.js';
import { StaffLimits } from '../auth/staff-limits.service.js';
import { StaffNumbers } from '../auth/staff-numbers.service.js';
import { StaffSupport } from '../auth/staff-support.service.js';
import { ChallengeDirectory } from '../phone-verification/challenge-directory.js';
import { DeliveryReport } from '../phone-verification/delivery-report.js';
import { LimitDecisions } from '../phone-verification/limit-decisions.js';
import { MessageDirectory } from '../phone-verification/message-directory.js';
import { GroupsService } from '../users/groups.service.js';
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

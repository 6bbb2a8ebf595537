import { AuditEvent } from './audit/audit-event.entity.js';
import { KnownDevice } from './auth/sessions/known-device.entity.js';
import { Session } from './auth/sessions/session.entity.js';
import { IdempotentCall } from './idempotency/idempotent-call.entity.js';
import { Challenge } from './phone-verification/challenge.entity.js';
import { Conversion } from './messaging/limits/conversion.entity.js';
import { LimitDecision } from './messaging/limits/limit-decision.entity.js';
import { SentMessage } from './messaging/sent-message.entity.js';
import { Budget } from './rate-limit/budget.entity.js';
import { Group } from './users/groups/group.entity.js';
import { GroupMembership } from './users/groups/group-membership.entity.js';
import { KnownKey } from './users/passwords/known-key.entity.js';
import { User } from './users/user.entity.js';

/** Every table the product owns. */
export const entities = [
  User,
  Group,
  GroupMembership,
  KnownKey,
  Session,
  KnownDevice,
  Challenge,
  SentMessage,
  Conversion,
  LimitDecision,
  Budget,
  AuditEvent,
  IdempotentCall,
];

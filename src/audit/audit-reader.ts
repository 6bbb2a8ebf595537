import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import type { Period } from '../common/slice.js';
import { Directory } from '../database/directory.js';
import { whereWithin } from '../database/listing.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AuditEvent } from './audit-event.entity.js';

export interface AuditQuery {
  userId?: number;
  actorId?: number;
  name?: string;
  at?: Period;
}

/** The audit trail for staff to read. */
@Injectable()
export class AuditReader extends Directory<AuditEvent, never, AuditQuery> {
  constructor(unit: UnitOfWork) {
    super(unit, AuditEvent, []);
  }

  protected override where(
    query: SelectQueryBuilder<AuditEvent>,
    { at, ...exact }: AuditQuery,
  ): void {
    super.where(query, exact);
    whereWithin(query, 'listed.at', at);
  }
}

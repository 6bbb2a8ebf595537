import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { Period, Slice } from '../common/slice.js';
import { cappedCount, slice, whereEqual, whereWithin } from '../database/listing.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AuditEvent } from './audit-event.entity.js';

export interface AuditQuery {
  userId?: number;
  actorId?: number;
  name?: string;
  at?: Period;
}

/** The audit trail for staff to read, newest first. */
@Injectable()
export class AuditReader {
  constructor(private readonly unit: UnitOfWork) {}

  page(wanted: AuditQuery, part: Slice): Promise<AuditEvent[]> {
    return this.unit.read((manager) =>
      slice(query(manager, wanted).orderBy('event.id', 'DESC'), part).getMany(),
    );
  }

  /** How many match, 1,000 at most. */
  count(wanted: AuditQuery): Promise<number> {
    return this.unit.read((manager) => cappedCount(query(manager, wanted)));
  }

  findMany(ids: readonly number[]): Promise<AuditEvent[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.unit.read((manager) =>
      query(manager, {}).andWhere('event.id IN (:...ids)', { ids }).getMany(),
    );
  }
}

function query(
  manager: EntityManager,
  { at, ...exact }: AuditQuery,
): SelectQueryBuilder<AuditEvent> {
  const found = manager.createQueryBuilder(AuditEvent, 'event');
  whereEqual(found, 'event', exact);
  whereWithin(found, 'event.at', at);
  return found;
}

import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Clock } from '../../common/clock.js';
import type { Slice } from '../../common/slice.js';
import { cappedCount, slice, whereEqual } from '../../database/listing.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Session } from './session.entity.js';

/** A session as staff see it: nothing of its token, nor where its holder wants to go. */
export type ListedSession = Pick<
  Session,
  'id' | 'userId' | 'methods' | 'address' | 'agent' | 'createdAt' | 'lastSeenAt' | 'expiresAt'
>;

export interface SessionQuery {
  userId?: number;
}

const LISTED: readonly (keyof ListedSession)[] = [
  'id',
  'userId',
  'methods',
  'address',
  'agent',
  'createdAt',
  'lastSeenAt',
  'expiresAt',
];

/** Sessions that have not expired, newest first. */
@Injectable()
export class SessionDirectory {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  page(wanted: SessionQuery, part: Slice): Promise<ListedSession[]> {
    return this.unit.read((manager) =>
      slice(this.query(manager, wanted).orderBy('session.id', 'DESC'), part).getMany(),
    );
  }

  /** How many match, 1,000 at most. */
  count(wanted: SessionQuery): Promise<number> {
    return this.unit.read((manager) => cappedCount(this.query(manager, wanted)));
  }

  findMany(ids: readonly number[]): Promise<ListedSession[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.unit.read((manager) =>
      this.query(manager, {}).andWhere('session.id IN (:...ids)', { ids }).getMany(),
    );
  }

  private query(manager: EntityManager, wanted: SessionQuery): SelectQueryBuilder<Session> {
    const query = manager
      .createQueryBuilder(Session, 'session')
      .select(LISTED.map((name) => `session.${name}`));
    query.where('session.expiresAt > :now', { now: this.clock.now() });
    whereEqual(query, 'session', { ...wanted });
    return query;
  }
}

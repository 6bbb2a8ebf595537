import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Directory } from '../../database/directory.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Session } from './session.entity.js';

/** Its token, and where its holder wants to go. */
type Hidden = 'tokenHash' | 'proofs' | 'deviceId' | 'nextPath';

export type ListedSession = Omit<Session, Hidden>;

export interface SessionQuery {
  userId?: number;
}

/** Sessions that have not expired. */
@Injectable()
export class SessionDirectory extends Directory<Session, Hidden, SessionQuery> {
  constructor(
    unit: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super(unit, Session, ['tokenHash', 'proofs', 'deviceId', 'nextPath']);
  }

  protected override where(query: SelectQueryBuilder<Session>, wanted: SessionQuery): void {
    query.where('listed.expiresAt > :now', { now: this.clock.now() });
    super.where(query, wanted);
  }
}

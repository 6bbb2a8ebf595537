import { Injectable, Logger } from '@nestjs/common';
import { LessThan, type SelectQueryBuilder, type EntityManager } from 'typeorm';
import { Clock, hours } from '../../common/clock.js';
import type { Slice } from '../../common/slice.js';
import { KeyRing } from '../../config/keys/key-ring.js';
import { cappedCount, slice, whereEqual } from '../../database/listing.js';
import { deleteInSlices } from '../../database/delete-in-slices.js';
import { OldRows } from '../../database/old-rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { Refusal } from '../../rate-limit/budgets.js';
import { LimitDecision, type Limited } from './limit-decision.entity.js';

/** A decision as staff see it. */
export type ListedDecision = Omit<LimitDecision, 'key'>;

/** Each one exact. */
export interface DecisionQuery {
  limit?: string;
  purpose?: string;
  subject?: string;
  held?: boolean;
}

const LISTED: readonly (keyof ListedDecision)[] = [
  'id',
  'limit',
  'purpose',
  'subject',
  'held',
  'count',
  'until',
  'firstAt',
  'lastAt',
];

const OF_NETWORKS = new Set(['address-hour', 'address-day']);

/** Which limits refused what, or would have: kept for staff, newest first. */
@Injectable()
export class LimitDecisions {
  private readonly log = new Logger(LimitDecisions.name);
  private readonly old: OldRows<LimitDecision>;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {
    this.old = new OldRows(unit, LimitDecision, {
      id: true,
      limit: true,
      subject: true,
      lastAt: true,
    });
  }

  /** All that limits had against one message. Never throws: a refusal stands without its row. */
  async note(refusals: readonly Refusal[], purpose: Limited): Promise<void> {
    if (refusals.length === 0) return;
    const rows = refusals
      .map((refusal) => this.rowOf(refusal, purpose))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    await this.keep(rows).catch(() => this.log.warn('Decisions of limits could not be kept.'));
  }

  page(wanted: DecisionQuery, part: Slice): Promise<ListedDecision[]> {
    return this.unit.read((manager) =>
      slice(query(manager, wanted).orderBy('decision.id', 'DESC'), part).getMany(),
    );
  }

  /** How many match, 1,000 at most. */
  count(wanted: DecisionQuery): Promise<number> {
    return this.unit.read((manager) => cappedCount(query(manager, wanted)));
  }

  findMany(ids: readonly number[]): Promise<ListedDecision[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.unit.read((manager) =>
      query(manager, {}).andWhere('decision.id IN (:...ids)', { ids }).getMany(),
    );
  }

  deleteBefore(before: Date): Promise<number> {
    return deleteInSlices(this.unit, LimitDecision, 'id', { lastAt: LessThan(before) });
  }

  /** Empties the networks of decisions that were last made before then; what was decided stays. */
  async forgetNetworks(before: Date): Promise<void> {
    await this.old.change(
      ({ lastAt }) => lastAt < before,
      ({ limit, subject }) => subject !== null && OF_NETWORKS.has(limit),
      { subject: null },
    );
  }

  private rowOf(
    { limit, until, isEnforced: held, maskedSubject: subject }: Refusal,
    purpose: Limited,
  ): Omit<LimitDecision, 'id'> {
    const now = this.clock.now();
    const hour = Math.floor(now.getTime() / hours(1));
    const key = this.keys.fingerprint(
      'limit-decision',
      JSON.stringify([hour, limit, purpose, subject, held]),
    );
    return { key, limit, purpose, subject, held, count: 0, until, firstAt: now, lastAt: now };
  }

  // All that were made within the hour already, nearly always all of them, are one unit.
  private async keep(rows: readonly Omit<LimitDecision, 'id'>[]): Promise<void> {
    const missing = await this.unit.run(async (manager) => {
      const unknown = [];
      for (const row of rows) if (!(await noteAgain(manager, row))) unknown.push(row);
      return unknown;
    });
    for (const row of missing) {
      // Each by itself: two units that insert one missing row and then change it would deadlock on
      // MySQL. Another instance may have been faster: there is no id to be read then.
      await this.unit.write((manager) =>
        manager
          .createQueryBuilder()
          .insert()
          .into(LimitDecision)
          .values(row)
          .orIgnore()
          .updateEntity(false)
          .execute(),
      );
      await this.unit.write((manager) => noteAgain(manager, row));
    }
  }
}

/** False where there is no such row yet. */
async function noteAgain(
  manager: EntityManager,
  { key, until, lastAt }: Omit<LimitDecision, 'id'>,
): Promise<boolean> {
  const again = { count: () => 'count + 1', until, lastAt };
  return (await manager.update(LimitDecision, { key }, again)).affected !== 0;
}

function query(manager: EntityManager, wanted: DecisionQuery): SelectQueryBuilder<LimitDecision> {
  const found = manager
    .createQueryBuilder(LimitDecision, 'decision')
    .select(LISTED.map((name) => `decision.${name}`));
  whereEqual(found, 'decision', { ...wanted });
  return found;
}

import { setImmediate as otherWork } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { In, LessThan, MoreThan } from 'typeorm';
import { after, Clock, days } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AuditEvent } from './audit-event.entity.js';

const BATCH = 500;
/** Ids looked at again: instances whose clocks differ number their rows in another order than they date them. */
const OVERLAP = 1000;

/** The audit log remembers for ever what happened, but from where only for AUDIT_ADDRESS_DAYS. */
@Injectable()
export class AuditRetention {
  /** Rows up to this id hold no address any more, as far as this process knows. */
  private doneUpTo = 0;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** Empties address and agent of old rows, in small steps that let other work through. Returns how many rows that were. */
  async forgetAddresses(): Promise<number> {
    const before = after(this.clock.now(), -days(this.settings.auditAddressDays));
    let from = Math.max(0, this.doneUpTo - OVERLAP);
    let forgotten = 0;
    for (;;) {
      const rows = await this.oldRows(from, before);
      const last = rows.at(-1);
      if (last === undefined) return forgotten;
      const ids = rows.filter(({ address, agent }) => address !== null || agent !== '').map(({ id }) => id);
      if (ids.length > 0)
        await this.unit.write((manager) => manager.update(AuditEvent, { id: In(ids) }, { address: null, agent: '' }));
      forgotten += ids.length;
      from = this.doneUpTo = last.id;
      await otherWork();
    }
  }

  private oldRows(from: number, before: Date): Promise<AuditEvent[]> {
    return this.unit.read((manager) =>
      manager.find(AuditEvent, {
        select: { id: true, address: true, agent: true },
        where: { id: MoreThan(from), at: LessThan(before) },
        order: { id: 'ASC' },
        take: BATCH,
      }),
    );
  }
}

import { Injectable } from '@nestjs/common';
import { after, Clock, days } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { OldRows } from '../database/old-rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AuditEvent } from './audit-event.entity.js';

/** The audit log remembers for ever what happened, but from where only for AUDIT_ADDRESS_DAYS. */
@Injectable()
export class AuditRetention {
  private readonly events: OldRows<AuditEvent>;

  constructor(
    unit: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {
    this.events = new OldRows(unit, AuditEvent, { id: true, at: true, address: true, agent: true });
  }

  /**
   * Empties address and agent of old rows, in small steps that let other work through. Returns how
   * many rows that were.
   */
  forgetAddresses(): Promise<number> {
    const before = after(this.clock.now(), -days(this.settings.auditAddressDays));
    return this.events.change(
      ({ at }) => at < before,
      ({ address, agent }) => address !== null || agent !== '',
      { address: null, agent: '' },
    );
  }
}

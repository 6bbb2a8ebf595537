import { setImmediate as otherWork } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { after, Clock, days } from '../../common/clock.js';
import type { Slice } from '../../common/slice.js';
import { whereEqual, whereWithin } from '../../database/listing.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { SentMessage } from '../sent-message.entity.js';

/**
 * Days that are reported, today's included; messages are kept as long, so that none of them is
 * counted in part.
 */
export const REPORTED_DAYS = 30;

/** How well one day's messages with codes arrived by one provider and channel in one country. */
export interface DeliveryRow {
  /** For the admin: `2026-11-24~self:twilio~sms~US`. */
  id: string;
  /** In UTC: `2026-11-24`. */
  day: string;
  provider: string;
  channel: string;
  country: string;
  /**
   * Messages a provider took: each one it has answered for, without those it refused (failed, and
   * never given an id of its own). One whose code was typed in was taken, answer or not.
   */
  sent: number;
  delivered: number;
  /** Refused, undeliverable or too late: more than were sent where a provider refuses all. */
  failed: number;
  /** Those whose code was typed in. */
  confirmed: number;
  /** confirmed / sent, to 3 digits; null when nothing was sent. */
  conversion: number | null;
}

export interface DeliveryQuery {
  provider?: string;
  channel?: string;
  country?: string;
}

type Counts = Pick<DeliveryRow, 'sent' | 'delivered' | 'failed' | 'confirmed'>;
/** MySQL gives sums as text. */
type RawRow = Pick<DeliveryRow, 'provider' | 'channel' | 'country'> &
  Record<keyof Counts, string | number>;

const MOST_ROWS = 1000;
const GROUPED = ['provider', 'channel', 'country'] as const;
const COUNTED: Readonly<Record<keyof Counts, string>> = {
  sent: `message.confirmedAt IS NOT NULL
    OR (message.status <> 'queued' AND NOT (message.status = 'failed' AND message.gatewayId IS NULL))`,
  delivered: `message.status = 'delivered'`,
  failed: `message.status IN ('failed', 'expired')`,
  confirmed: 'message.confirmedAt IS NOT NULL',
};

/**
 * What became of the codes sent in the last 30 days, per day, provider, channel and country. Each
 * day is asked for by itself: the table holds little more than the report is about, so a database
 * asked for all of it reads it from end to end, and an embedded one keeps every request waiting
 * meanwhile.
 */
@Injectable()
export class DeliveryReport {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Newest day first, and within a day whoever sent most. */
  async page(wanted: DeliveryQuery, { limit, offset }: Slice): Promise<DeliveryRow[]> {
    return (await this.first(offset + limit, wanted)).slice(offset);
  }

  /** How many rows there are, 1,000 at most. */
  async count(wanted: DeliveryQuery): Promise<number> {
    return (await this.first(MOST_ROWS, wanted)).length;
  }

  private async first(count: number, wanted: DeliveryQuery): Promise<DeliveryRow[]> {
    const enough = Math.min(count, MOST_ROWS);
    const rows: DeliveryRow[] = [];
    for (let ago = 0; ago < REPORTED_DAYS && rows.length < enough; ago += 1) {
      rows.push(...(await this.rowsOf(this.midnight(ago), wanted)));
      await otherWork();
    }
    return rows.slice(0, enough);
  }

  private async rowsOf(from: Date, wanted: DeliveryQuery): Promise<DeliveryRow[]> {
    const day = from.toISOString().slice(0, 10);
    const found = await this.unit.read((manager) => {
      const query = grouped(manager.createQueryBuilder(SentMessage, 'message'));
      whereWithin(query, 'message.createdAt', { from, to: after(from, days(1)) });
      whereEqual(query, 'message', { ...wanted, kind: 'otp' });
      return query.limit(MOST_ROWS).getRawMany<RawRow>();
    });
    return found.map((row) => deliveryRow(day, row));
  }

  private midnight(ago: number): Date {
    const day = after(this.clock.now(), -days(ago));
    day.setUTCHours(0, 0, 0, 0);
    return day;
  }
}

function grouped(query: SelectQueryBuilder<SentMessage>): SelectQueryBuilder<SentMessage> {
  query.select([]);
  for (const name of GROUPED)
    query.addSelect(`message.${name}`, name).addGroupBy(`message.${name}`);
  for (const [name, condition] of Object.entries(COUNTED))
    query.addSelect(`SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`, name);
  query.orderBy('sent', 'DESC');
  for (const name of GROUPED) query.addOrderBy(`message.${name}`);
  return query;
}

function deliveryRow(day: string, { provider, channel, country, ...sums }: RawRow): DeliveryRow {
  const sent = Number(sums.sent);
  const confirmed = Number(sums.confirmed);
  const conversion = sent === 0 ? null : Math.round((confirmed / sent) * 1000) / 1000;
  const counts = {
    sent,
    delivered: Number(sums.delivered),
    failed: Number(sums.failed),
    confirmed,
  };
  return {
    id: [day, provider, channel, country].join('~'),
    day,
    provider,
    channel,
    country,
    ...counts,
    conversion,
  };
}

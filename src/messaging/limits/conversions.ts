import { Injectable } from '@nestjs/common';
import { In, LessThan, MoreThanOrEqual, type EntityManager } from 'typeorm';
import { AccountEvents, type AccountEvent } from '../../common/account-events.js';
import { LOCAL_CLIENT } from '../../common/net/client-info.js';
import { after, Clock, days, hours, minutes } from '../../common/clock.js';
import { KeyRing } from '../../config/keys/key-ring.js';
import { Settings } from '../../config/settings.js';
import { deleteInSlices } from '../../database/delete-in-slices.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Budgets } from '../../rate-limit/budgets.js';
import { Conversion } from './conversion.entity.js';
import type { Asked } from './place.js';
import { regionsOf } from './regions.js';
import { lowConversion } from './send-rules.js';

const BUCKET = minutes(10);
/** Codes younger than they live may still be typed in: a bucket is ripe that long after its end. */
const RIPE = minutes(10);
const WATCHED = hours(1);
const REMEMBERED = days(14);
/**
 * The part of a usual day's proofs that may go unanswered within an hour: a sixth, as Authgear
 * allows a country.
 */
const USUAL_PART = 6;
/**
 * Messages of one block that count for its country in an hour: a few blocks alone must not stop a
 * whole country.
 */
const MOST_OF_BLOCK = 3;

type Register = Pick<Asked, 'purpose' | 'phoneNumber'>;
/** With the time at which its message was booked. */
type Booked = Register & Pick<Asked, 'sentAt'>;
/** An operator at the command line, or a member of the staff. */
type Lifting = Pick<AccountEvent, 'actorId' | 'client'>;
type Tally = Record<'sent' | 'confirmed', number>;
const NOTHING: Tally = { sent: 0, confirmed: 0 };

/**
 * Watches which part of the codes sent to a country or a block of numbers is typed in. Where hardly
 * any is, somebody earns by the messages: registrations there rest for half a day, those of a
 * country only where there is no bot check to ask for.
 */
@Injectable()
export class Conversions {
  /** Regions of which the messages that are ripe since then gave no reason to rest. */
  private unsuspicious = { since: new Date(0), regions: new Set<string>() };

  constructor(
    private readonly unit: UnitOfWork,
    private readonly budgets: Budgets,
    private readonly events: AccountEvents,
    private readonly keys: KeyRing,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts the message of a registration that surely went out: that a provider is ill says nothing
   * of who registers.
   */
  noteSent(manager: EntityManager, challenge: Booked): Promise<void> {
    return this.note(manager, challenge, 'sent');
  }

  /** Counts its code as typed in, for the ten minutes in which it was sent. */
  noteConfirmed(manager: EntityManager, challenge: Booked): Promise<void> {
    return this.note(manager, challenge, 'confirmed');
  }

  /**
   * Lets the country and the block of this number rest where the last hour's codes say so. Asked
   * once in ten minutes for each: what is ripe changes no sooner, and what is typed in meanwhile
   * speaks for them.
   */
  async judge({ purpose, phoneNumber }: Register): Promise<void> {
    if (purpose !== 'register') return;
    const bucket = bucketOf(this.clock.now());
    if (bucket > this.unsuspicious.since) this.unsuspicious = { since: bucket, regions: new Set() };
    const { regions } = this.unsuspicious;
    const asked = regionsOf(phoneNumber)
      .map(({ subject }) => subject)
      .filter((subject) => !regions.has(subject));
    const ripe = after(bucket, -RIPE);
    const lately = await this.tallies(asked, after(ripe, -WATCHED), ripe);
    for (const [index, subject] of asked.entries()) {
      if (await this.isPumped(subject, lately[index] ?? NOTHING, ripe)) await this.rest(subject);
      else regions.add(subject);
    }
  }

  /**
   * Ends the rest of a country (`US`) or of a block (`+1415555`) before its time, and counts anew.
   * False where none is on.
   */
  async lift(region: string, who: Lifting): Promise<boolean> {
    const claim = { rule: lowConversion, subject: region };
    if (!(await this.budgets.refusedUntil(claim))) return false;
    await this.unit.write((manager) =>
      manager.delete(Conversion, { region: this.regionOf(region) }),
    );
    await this.budgets.clear([claim]);
    this.events.emit({
      name: 'limit.lifted',
      userId: null,
      ...who,
      details: { limit: lowConversion.name, region },
    });
    return true;
  }

  /** Forgets what is too old to compare with; gives how many rows that were. */
  async deleteExpired(): Promise<number> {
    const old = { bucket: LessThan(after(this.clock.now(), -REMEMBERED)) };
    for (let gone = 0; ;) {
      const oldest = await this.unit.read((manager) =>
        manager.findOne(Conversion, { where: old, order: { bucket: 'ASC' } }),
      );
      if (!oldest) return gone;
      gone += await deleteInSlices(this.unit, Conversion, 'region', { bucket: oldest.bucket });
    }
  }

  private async note(
    manager: EntityManager,
    { purpose, phoneNumber, sentAt }: Booked,
    what: keyof Tally,
  ): Promise<void> {
    if (purpose !== 'register' || sentAt === null) return;
    const bucket = bucketOf(sentAt);
    const [block, country] = this.regions(phoneNumber);
    const [before = NOTHING] = await talliesOf(
      manager,
      [block],
      after(bucket, -WATCHED),
      after(bucket, BUCKET),
    );
    const counted = before[what] < MOST_OF_BLOCK ? [block, country] : [block];
    const rows = counted.map((region) => ({ region, bucket, sent: 0, confirmed: 0, [what]: 1 }));
    await count(manager, rows, what);
  }

  private async rest(subject: string): Promise<void> {
    const claim = { rule: lowConversion, subject };
    const until = after(
      this.clock.now(),
      hours(this.settings.sendLimits.most['low-conversion-hours']),
    );
    if ((await this.budgets.refusedUntil(claim)) || !(await this.budgets.hold(claim, until)))
      return;
    const details = { limit: lowConversion.name, region: subject, until: until.toISOString() };
    this.events.emit({ name: 'limit.low-conversion', userId: null, client: LOCAL_CLIENT, details });
  }

  private async isPumped(subject: string, lately: Tally, ripe: Date): Promise<boolean> {
    const enough = (lately.sent * this.settings.sendLimits.most['low-conversion-percent']) / 100;
    if (lately.sent < this.leastSends(subject) || lately.confirmed >= enough) return false;
    const [before = NOTHING] = await this.tallies([subject], after(ripe, -REMEMBERED), ripe);
    const usualDay = before.confirmed / (REMEMBERED / days(1));
    return lately.sent - lately.confirmed >= usualDay / USUAL_PART;
  }

  private async tallies(subjects: readonly string[], from: Date, to: Date): Promise<Tally[]> {
    if (subjects.length === 0) return [];
    const regions = subjects.map((subject) => this.regionOf(subject));
    return this.unit.read((manager) => talliesOf(manager, regions, from, to));
  }

  /**
   * At home a tenth of a usual day's messages: a few dozen from here and there must not stop
   * everybody.
   */
  private leastSends(subject: string): number {
    const {
      defaultCountry,
      sendLimits: { most },
    } = this.settings;
    const least = most['low-conversion-sends'];
    return subject === defaultCountry ? Math.max(least, most['home-country-day'] / 10) : least;
  }

  private regions(phoneNumber: string): [block: string, country: string] {
    const [block, country] = regionsOf(phoneNumber);
    return [this.regionOf(block.subject), this.regionOf(country.subject)];
  }

  // A block is a number but for four digits.
  private regionOf(subject: string): string {
    return subject.startsWith('+') ? this.keys.fingerprint('conversion', subject) : subject;
  }
}

const bucketOf = (instant: Date): Date => new Date(Math.floor(instant.getTime() / BUCKET) * BUCKET);

// The rows, or one more of those that are there: TypeORM's `orUpdate` writes no `sent + 1`, and
// read before it is written the number could be another's by then.
async function count(manager: EntityManager, rows: Conversion[], what: keyof Tally): Promise<void> {
  const [insert, parameters] = manager
    .createQueryBuilder()
    .insert()
    .into(Conversion)
    .values(rows)
    .updateEntity(false)
    .getQueryAndParameters();
  const orCount =
    manager.dataSource.options.type === 'mysql'
      ? 'ON DUPLICATE KEY UPDATE'
      : 'ON CONFLICT (region, bucket) DO UPDATE SET';
  await manager.query(`${insert} ${orCount} ${what} = ${what} + 1`, parameters);
}

async function talliesOf(
  manager: EntityManager,
  regions: readonly string[],
  from: Date,
  to: Date,
): Promise<Tally[]> {
  const rows = await manager.findBy(Conversion, {
    region: In(regions),
    bucket: MoreThanOrEqual(from),
  });
  const sum = (region: string, what: keyof Tally) =>
    rows.reduce(
      (total, row) => (row.region === region && row.bucket < to ? total + row[what] : total),
      0,
    );
  return regions.map((region) => ({
    sent: sum(region, 'sent'),
    confirmed: sum(region, 'confirmed'),
  }));
}

import { Injectable, Logger } from '@nestjs/common';
import { LessThan, type EntityManager } from 'typeorm';
import { AccountEvents, type AccountEvent } from '../common/account-events.js';
import { LOCAL_CLIENT } from '../common/client-info.js';
import { after, Clock, days, hours, minutes } from '../common/clock.js';
import { KeyRing } from '../config/key-ring.js';
import { Settings } from '../config/settings.js';
import { updateRows } from '../database/rows.js';
import { UNHURRIED, UnitOfWork } from '../database/unit-of-work.js';
import { Budgets } from '../rate-limit/budgets.js';
import type { Challenge } from './challenge.entity.js';
import { Conversion } from './conversion.entity.js';
import { regionsOf } from './send-claims.js';
import { lowConversion } from './send-rules.js';

const BUCKET = minutes(10);
/** Codes younger than they live may still be typed in. */
const RIPE = minutes(10);
const WATCHED = hours(1);
const REMEMBERED = days(14);
/** The part of a usual day's proofs that may go unanswered within an hour: a sixth, as Authgear allows a country. */
const USUAL_PART = 6;
/** Messages of one block that count for its country in an hour: a few blocks alone must not stop a whole country. */
const MOST_OF_BLOCK = 3;

type Register = Pick<Challenge, 'purpose' | 'phoneNumber'>;
/** With the time at which its message was booked. */
type Booked = Register & Pick<Challenge, 'sentAt'>;
/** An operator at the command line, or a member of the staff. */
type Lifting = Pick<AccountEvent, 'actorId' | 'client'>;
type Tally = Record<'sent' | 'confirmed', number>;

/**
 * Watches which part of the codes sent to a country or a block of numbers is typed in. Where hardly any is, somebody earns by the
 * messages: registrations there rest for half a day, those of a country only where there is no bot check to ask for.
 */
@Injectable()
export class Conversions {
  private readonly log = new Logger(Conversions.name);

  constructor(
    private readonly unit: UnitOfWork,
    private readonly budgets: Budgets,
    private readonly events: AccountEvents,
    private readonly keys: KeyRing,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts the message of a registration that surely went out: that a provider is ill says nothing of who registers. Never
   * throws: what went out is not undone for being uncounted.
   */
  async noteSent(challenge: Booked): Promise<void> {
    await this.note(challenge, 'sent').catch(() => this.log.warn('A message was not counted for its region.'));
  }

  /** Counts its code as typed in, for the ten minutes in which it was sent. */
  noteConfirmed(challenge: Booked): Promise<void> {
    return this.note(challenge, 'confirmed');
  }

  /** Lets the country and the block of this number rest where the last hour's codes say so. */
  async judge({ purpose, phoneNumber }: Register): Promise<void> {
    if (purpose !== 'register') return;
    for (const { subject } of regionsOf(phoneNumber)) {
      const claim = { rule: lowConversion, subject };
      if (!(await this.isPumped(subject)) || (await this.budgets.refusedUntil(claim))) continue;
      const until = after(this.clock.now(), hours(this.settings.sendLimits.most['low-conversion-hours']));
      if (!(await this.budgets.hold(claim, until))) continue;
      const details = { limit: lowConversion.name, region: subject, until: until.toISOString() };
      this.events.emit({ name: 'limit.low-conversion', userId: null, client: LOCAL_CLIENT, details });
    }
  }

  /** Ends the rest of a country (`US`) or of a block (`+1415555`) before its time, and counts anew. False where none is on. */
  async lift(region: string, who: Lifting): Promise<boolean> {
    const claim = { rule: lowConversion, subject: region };
    if (!(await this.budgets.refusedUntil(claim))) return false;
    await this.unit.write((manager) => manager.delete(Conversion, { region: this.regionOf(region) }));
    await this.budgets.clear([claim]);
    this.events.emit({ name: 'limit.lifted', userId: null, ...who, details: { limit: lowConversion.name, region } });
    return true;
  }

  async deleteExpired(): Promise<number> {
    const before = after(this.clock.now(), -REMEMBERED);
    const { affected } = await this.unit.write((manager) => manager.delete(Conversion, { bucket: LessThan(before) }), UNHURRIED);
    return affected ?? 0;
  }

  private async note({ purpose, phoneNumber, sentAt }: Booked, what: keyof Tally): Promise<void> {
    if (purpose !== 'register' || sentAt === null) return;
    const bucket = bucketOf(sentAt);
    const regions = this.regions(phoneNumber);
    const [block, country] = regions;
    const rows = regions.map((region) => ({ region, bucket, sent: 0, confirmed: 0 }));
    const ensureRows = (manager: EntityManager) =>
      manager.createQueryBuilder().insert().into(Conversion).values(rows).orIgnore().execute();
    const isEmbedded = this.settings.database.kind === 'sqlite';
    // Ahead of the unit: two units that insert one missing row and then change it would deadlock on MySQL.
    if (!isEmbedded) await this.unit.write(ensureRows);
    await this.unit.run(async (manager) => {
      if (isEmbedded) await ensureRows(manager);
      const more = (region: string) => updateRows(manager, Conversion, { region, bucket }, { [what]: () => `${what} + 1` });
      const before = await tally(manager, block, after(bucket, -WATCHED), after(bucket, BUCKET));
      await more(block);
      if (before[what] < MOST_OF_BLOCK) await more(country);
    });
  }

  private async isPumped(subject: string): Promise<boolean> {
    const ripe = after(this.clock.now(), -RIPE);
    const region = this.regionOf(subject);
    const since = (period: number) => this.unit.read((manager) => tally(manager, region, after(ripe, -period), ripe));
    const lately = await since(WATCHED);
    const enough = (lately.sent * this.settings.sendLimits.most['low-conversion-percent']) / 100;
    if (lately.sent < this.leastSends(subject) || lately.confirmed >= enough) return false;
    const usualDay = (await since(REMEMBERED)).confirmed / (REMEMBERED / days(1));
    return lately.sent - lately.confirmed >= usualDay / USUAL_PART;
  }

  /** At home a tenth of a usual day's messages: a few dozen from here and there must not stop everybody. */
  private leastSends(subject: string): number {
    const { defaultCountry, sendLimits: { most } } = this.settings;
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

async function tally(manager: EntityManager, region: string, from: Date, to: Date): Promise<Tally> {
  const row = await manager
    .createQueryBuilder(Conversion, 'one')
    .select('COALESCE(SUM(one.sent), 0)', 'sent')
    .addSelect('COALESCE(SUM(one.confirmed), 0)', 'confirmed')
    .where('one.region = :region AND one.bucket >= :from AND one.bucket < :to', { region, from, to })
    .getRawOne<Record<keyof Tally, number | string>>();
  return { sent: Number(row?.sent ?? 0), confirmed: Number(row?.confirmed ?? 0) };
}

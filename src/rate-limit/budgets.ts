import { Injectable } from '@nestjs/common';
import { In, LessThan, MoreThan, type EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { KeyRing } from '../config/keys/key-ring.js';
import { Settings } from '../config/settings.js';
import { deleteInSlices } from '../database/delete-in-slices.js';
import { rowLock } from '../database/row-lock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Budget } from './budget.entity.js';
import { allKeys, BudgetKeys } from './budget-keys.js';
import type { Claim } from './claim.js';
import { alive, nextOf, previousOf, type Keyed } from './counted-rows.js';
import type { Rule } from './rules.js';

export type { Claim } from './claim.js';

export interface Refusal {
  /** Name of the rule. */
  limit: string;
  until: Date;
  maskedSubject: string | null;
  /**
   * False where ABUSE_LIMITS=record, or that a message costs nothing, lets through what the rule
   * refuses.
   */
  isEnforced: boolean;
}

/**
 * Outcome of a take. With ABUSE_LIMITS=record a refusal may be `recorded` only, and the claims are
 * taken all the same.
 */
export interface Taken {
  /** Of the refusals that are held, the one that lasts longest. */
  refusal: Refusal | null;
  /** The same of those that are only recorded. */
  recorded: Refusal | null;
  /** All of them. */
  refusals: readonly Refusal[];
  /** From when the same claims may be taken again, as far as a wait says so. */
  blockedUntil: Date | null;
}

/**
 * Counters that no process restart, resend or second instance refills: rows, read and written in
 * one unit. Subjects are stored as fingerprints.
 */
@Injectable()
export class Budgets {
  private readonly embedded: boolean;
  private readonly keys: BudgetKeys;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
    keys: KeyRing,
    private readonly settings: Settings,
  ) {
    this.keys = new BudgetKeys(keys);
    this.embedded = settings.database.kind === 'sqlite';
  }

  /**
   * Takes one of each, all or nothing, in a fixed order. `also` runs in the same unit, whatever
   * came of it: when it throws, nothing was taken. It may be run twice.
   */
  async take(
    claims: readonly Claim[],
    inSameUnit?: (manager: EntityManager, taken: Taken) => Promise<void>,
  ): Promise<Taken> {
    const keyed = this.keys.of(claims);
    await this.ensureRows(keyed);
    return this.unit.run(async (manager) => {
      const taken = await this.takeLocked(manager, keyed);
      await inSameUnit?.(manager, taken);
      return taken;
    });
  }

  /** Undoes a take of what surely did not happen. */
  giveBack(claims: readonly Claim[]): Promise<void> {
    return this.forgive([], claims);
  }

  /** Forgets what was counted: when an operator unlocks. */
  async clear(claims: readonly Claim[]): Promise<void> {
    const keys = this.keys.of(claims).map(({ key }) => key);
    if (keys.length > 0)
      await this.unit.write((manager) => manager.delete(Budget, { key: In(keys) }));
  }

  /**
   * After a success: forgets what was counted before it, undoes the take of the success itself, and
   * counts `noted` as seen just now and never before, in one unit.
   */
  forgive(
    before: readonly Claim[],
    itself: readonly Claim[],
    noted: readonly Claim[] = [],
  ): Promise<void> {
    return this.unit.run((manager) => this.forgiveIn(manager, before, itself, noted));
  }

  /**
   * The same in a unit that does more; to be its first statement, for units that take begin with
   * these rows too.
   */
  async forgiveIn(
    manager: EntityManager,
    before: readonly Claim[],
    itself: readonly Claim[],
    noted: readonly Claim[] = [],
  ): Promise<void> {
    const [gone, keyed, now] = [this.keys.of(before), this.keys.of(itself), this.clock.now()];
    // What was taken in full is there: only what is given back in part has to be read.
    const rows = keyed.length > 0 ? await this.locked(manager, [...gone, ...keyed]) : null;
    const back = new Map<string, Budget>();
    // One after the other, for several may be of one row.
    for (const claim of keyed)
      for (const row of previousOf(claim, rows ?? new Map())) {
        rows?.set(row.key, row);
        back.set(row.key, row);
      }
    // Over by now, which is the same as gone, and one statement with the others.
    const forgotten = gone
      .filter(({ key }) => rows?.has(key) ?? true)
      .map(({ key }) => ({ key, count: 0, blockedUntil: null, expiresAt: now }));
    const seen = this.keys.of(noted).flatMap((claim) => nextOf(claim, new Map(), now));
    await manager.upsert(Budget, [...back.values(), ...forgotten, ...seen], ['key']);
  }

  /** How many subjects that begin with this part are counted; `most` at most. */
  async countAll(rule: Rule, first: string, most: number): Promise<number> {
    const where = { key: this.keys.under(rule, first), expiresAt: MoreThan(this.clock.now()) };
    return (
      await this.unit.read((manager) =>
        manager.find(Budget, { select: { key: true }, where, take: most }),
      )
    ).length;
  }

  /**
   * Forgets all tallies whose subject begins with this part, and all members that were counted of
   * it.
   */
  async clearAll(rule: Rule, first: string): Promise<void> {
    await this.unit.write((manager) =>
      manager.delete(Budget, { key: this.keys.under(rule, first) }),
    );
  }

  /**
   * Refuses the claim until then, whatever was counted; false when somebody else already had it
   * refused.
   */
  async hold(claim: Claim, until: Date): Promise<boolean> {
    const keyed = this.keys.of([claim]);
    await this.ensureRows(keyed);
    return this.unit.run(async (manager) => {
      const [row] = (await this.locked(manager, keyed)).values();
      const now = this.clock.now();
      if (claim.rule.refusedUntil(alive(row, now), now, 1)) return false;
      const held = keyed.map(({ key }) => ({
        key,
        count: 0,
        blockedUntil: until,
        expiresAt: until,
      }));
      await manager.upsert(Budget, held, ['key']);
      return true;
    });
  }

  /** Until when the claim would be refused; null when it would not. */
  async refusedUntil(claim: Claim): Promise<Date | null> {
    const [{ key }] = this.keys.of([claim]) as [Keyed];
    const now = this.clock.now();
    const row = await this.unit.read((manager) => manager.findOneBy(Budget, { key }));
    return claim.rule.refusedUntil(alive(row ?? undefined, now), now, claim.amount ?? 1);
  }

  /** Rows that mean nothing any more. */
  deleteExpired(): Promise<number> {
    return deleteInSlices(this.unit, Budget, 'key', { expiresAt: LessThan(this.clock.now()) });
  }

  // Inserted ahead of the unit: two units that insert one missing row and then lock it would
  // deadlock on MySQL.
  private async ensureRows(claims: readonly Keyed[]): Promise<void> {
    if (this.embedded) return;
    const rows = allKeys(claims).map((key) => ({
      key,
      count: 0,
      blockedUntil: null,
      expiresAt: new Date(0),
    }));
    await this.unit.write((manager) =>
      manager.createQueryBuilder().insert().into(Budget).values(rows).orIgnore().execute(),
    );
  }

  private async takeLocked(manager: EntityManager, keyed: readonly Keyed[]): Promise<Taken> {
    const now = this.clock.now();
    const rows = await this.locked(manager, keyed);
    const refusals = keyed.flatMap((claim) => {
      const { rule, key, amount = 1, maskedSubject = null } = claim;
      const until = rule.refusedUntil(alive(rows.get(key), now), now, amount);
      const isEnforced =
        rule.always || (!rule.isRecorded && this.settings.abuseLimits === 'enforce');
      return until ? [{ limit: rule.name, until, maskedSubject, isEnforced }] : [];
    });
    const refusal = longest(refusals.filter(({ isEnforced }) => isEnforced));
    const recorded = longest(refusals.filter(({ isEnforced }) => !isEnforced));
    if (refusal) return { refusal, recorded, refusals, blockedUntil: refusal.until };
    const next = keyed.flatMap((claim) => nextOf(claim, rows, now));
    await manager.upsert(Budget, next, ['key']);
    return {
      refusal,
      recorded,
      refusals,
      blockedUntil: latest(next.map(({ blockedUntil }) => blockedUntil)),
    };
  }

  private async locked(
    manager: EntityManager,
    claims: readonly Keyed[],
  ): Promise<Map<string, Budget>> {
    const rows = await manager.find(Budget, {
      where: { key: In(allKeys(claims)) },
      order: { key: 'ASC' },
      ...rowLock(manager),
    });
    return new Map(rows.map((row) => [row.key, row]));
  }
}

const longest = (refusals: readonly Refusal[]): Refusal | null =>
  refusals.reduce<Refusal | null>(
    (found, refusal) => (found && found.until >= refusal.until ? found : refusal),
    null,
  );

const latest = (instants: readonly (Date | null)[]): Date | null =>
  instants.reduce(
    (found, instant) => (instant && (!found || instant > found) ? instant : found),
    null,
  );

import type { Rule, Tally } from '../../src/rate-limit/rules.js';

/** One rule for one subject. */
export interface Entry {
  rule: Rule;
  subject: string | number;
}

/** What budgets should say: the rules alone, kept in memory. */
export class Ledger {
  private readonly tallies = new Map<string, Tally>();

  isOpen(entries: readonly Entry[], now: Date): boolean {
    return entries.every(
      (entry) => entry.rule.refusedUntil(this.live(entry, now), now, 1) === null,
    );
  }

  spend(entries: readonly Entry[], now: Date): void {
    for (const entry of entries) {
      const tally = entry.rule.next(this.live(entry, now), now, 1);
      if (tally) this.tallies.set(keyOf(entry), tally);
    }
  }

  giveBack(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const tally = this.tallies.get(keyOf(entry));
      if (tally) this.tallies.set(keyOf(entry), entry.rule.previous(tally, 1));
    }
  }

  /** What was taken then has been answered. */
  answer(entries: readonly Entry[], takenAt: Date): void {
    for (const entry of entries) {
      const tally = this.tallies.get(keyOf(entry));
      if (tally && entry.rule.answered)
        this.tallies.set(keyOf(entry), entry.rule.answered(tally, takenAt));
    }
  }

  /** All whose subject begins so. */
  forgetAll(beginning: string): void {
    for (const key of this.tallies.keys())
      if (key.split(':').slice(1).join(':').startsWith(beginning)) this.tallies.delete(key);
  }

  forget(entries: readonly Entry[]): void {
    for (const entry of entries) this.tallies.delete(keyOf(entry));
  }

  private live(entry: Entry, now: Date): Tally | undefined {
    const tally = this.tallies.get(keyOf(entry));
    return tally && tally.expiresAt > now ? tally : undefined;
  }
}

const keyOf = ({ rule, subject }: Entry): string => `${rule.name}:${subject}`;

import { And, LessThan, MoreThanOrEqual, type FindOperator } from 'typeorm';
import type { KeyRing } from '../config/keys/key-ring.js';
import type { Claim } from './claim.js';
import type { Keyed } from './counted-rows.js';
import type { Rule } from './rules.js';

/** Under which keys budgets are stored: a rule's name and fingerprints of its subject. */
export class BudgetKeys {
  constructor(private readonly keys: KeyRing) {}

  /** The keys of all rows whose subject begins with this part. */
  under(rule: Rule, first: string): FindOperator<string> {
    const start = `${this.keyOf(rule, first)}/`;
    return And(MoreThanOrEqual(start), LessThan(`${start}~`));
  }

  /** Claims with the keys of their rows, in the order in which units lock them. */
  of(claims: readonly Claim[]): Keyed[] {
    return claims
      .map((claim) => {
        const key = this.keyOf(claim.rule, claim.subject);
        return {
          ...claim,
          key,
          memberKey:
            claim.member === undefined ? null : `${key}/${this.part(claim.rule, claim.member)}`,
        };
      })
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  private keyOf(rule: Rule, subject: Claim['subject']): string {
    const parts = typeof subject === 'object' ? subject : [subject];
    return `${rule.name}:${parts.map((part) => this.part(rule, part)).join('/')}`;
  }

  private part({ name }: Rule, part: string | number): string {
    return this.keys.fingerprint(name, `${part}`);
  }
}

/** Of these claims and their members, each once and in order. */
export const allKeys = (claims: readonly Keyed[]): string[] =>
  [
    ...new Set(
      claims.flatMap(({ key, memberKey }) => (memberKey === null ? [key] : [key, memberKey])),
    ),
  ].sort();

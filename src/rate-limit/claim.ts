import type { Rule } from './rules.js';

/** One rule for one subject: a number, an account, an address. */
export interface Claim {
  rule: Rule;
  /** Two parts: all tallies of the first can be forgotten together. */
  subject: string | number | readonly [string, string];
  /** How much of it; one, unless it is money. */
  amount?: number;
  /** The subject as staff may see it, where they may; it is stored as a fingerprint otherwise. */
  maskedSubject?: string;
  /**
   * Counted are different ones of these, each once however often it comes: how many accounts, not
   * how many tries.
   */
  member?: string | number;
  /** To give back all tries of the member at once: it turned out not to be one of those counted. */
  whole?: boolean;
  /** To give back what was taken then, because it has been answered. */
  answered?: Date;
}

import type { Budget } from './budget.entity.js';
import type { Claim } from './claim.js';

/** A claim with the keys of its rows. */
export type Keyed = Claim & { key: string; memberKey: string | null };

/** The row, unless its time is over. */
export const alive = (row: Budget | undefined, now: Date): Budget | undefined =>
  row && row.expiresAt > now ? row : undefined;

/**
 * What the rows of a claim become when it is taken; a member that is counted already adds to its
 * own row alone.
 */
export function nextOf(
  { key, memberKey, rule, amount = 1 }: Keyed,
  rows: ReadonlyMap<string, Budget>,
  now: Date,
): Budget[] {
  const member = memberKey === null ? undefined : alive(rows.get(memberKey), now);
  if (member?.count) return [{ ...member, count: member.count + 1 }];
  const next = rule.next(alive(rows.get(key), now), now, amount);
  if (next === null) return [];
  const tally = { key, ...next };
  if (memberKey === null) return [tally];
  return [tally, { key: memberKey, count: 1, blockedUntil: null, expiresAt: tally.expiresAt }];
}

/** The same of a claim that is given back; a member leaves the count with the last of its tries. */
export function previousOf(claim: Keyed, rows: ReadonlyMap<string, Budget>): Budget[] {
  const { key, memberKey, rule, amount = 1, answered, whole = false } = claim;
  const row = rows.get(key);
  if (!row) return [];
  const previous = (answered && rule.answered?.(row, answered)) ?? rule.previous(row, amount);
  if (previous === row) return [];
  const tally = { key, ...previous };
  if (memberKey === null) return [tally];
  const member = rows.get(memberKey);
  if (!member?.count) return [];
  const left = whole ? 0 : member.count - 1;
  // A wait that has begun ends by itself: else one right answer at the right moment would end it
  // for an attacker.
  const isFree = left === 0 && !(whole && row.blockedUntil);
  return [{ ...member, count: left }, ...(isFree ? [tally] : [])];
}

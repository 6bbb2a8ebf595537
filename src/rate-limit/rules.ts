import { after, minutes } from '../common/clock.js';

/** What a rule remembers of one subject. */
export interface Tally {
  count: number;
  blockedUntil: Date | null;
  expiresAt: Date;
}

/**
 * When a subject is refused, and what its tally becomes when it is not. Pure: `Budgets` does the
 * storing.
 */
export interface Rule {
  name: string;
  /** Held even with ABUSE_LIMITS=record: it guards codes, passwords and the person's own number. */
  always: boolean;
  /** Never held, only recorded: where what it guards costs nothing. */
  isRecorded?: boolean;
  /**
   * The end of the refusal, or null when the subject may go on. `tally` is undefined for a subject
   * not seen lately.
   */
  refusedUntil(tally: Tally | undefined, now: Date, amount: number): Date | null;
  /** Null where there is nothing to keep. */
  next(tally: Tally | undefined, now: Date, amount: number): Tally | null;
  previous(tally: Tally, amount: number): Tally;
  /**
   * What one becomes that was taken at that time and has been answered since: its place is free
   * again, in the window it was counted in. Where a rule does not tell, it is the same as
   * `previous`.
   */
  answered?(tally: Tally, takenAt: Date): Tally;
}

interface Options {
  always?: boolean;
}

/**
 * At most `limit` in `window` milliseconds, counted from the first; messages, or what they cost.
 */
export function atMost(
  limit: number,
  window: number,
  name: string,
  { always = false }: Options = {},
): Rule {
  return {
    name,
    always,
    refusedUntil: (tally, now, amount) =>
      (tally?.count ?? 0) + amount > limit ? (tally?.expiresAt ?? after(now, window)) : null,
    next: (tally, now, amount) => ({
      count: (tally?.count ?? 0) + amount,
      blockedUntil: null,
      expiresAt: tally?.expiresAt ?? after(now, window),
    }),
    previous: (tally, amount) => ({ ...tally, count: Math.max(0, tally.count - amount) }),
    answered: (tally, takenAt) =>
      isOfWindow(tally, window, takenAt)
        ? { ...tally, count: Math.max(0, tally.count - 1) }
        : tally,
  };
}

/**
 * An unanswered message takes that many parts of a network's budget; an answered one gives them
 * back, and one more.
 */
const PARTS = 5;
/** When a refused one may ask again: codes are typed in meanwhile. */
const NEXT_LOOK = minutes(1);

/**
 * At most `limit` in `window` milliseconds that nobody answered, for what many share: a network.
 * Five that are answered earn room for one more, up to as many again as the limit: of many people
 * some never answer. Places come back as codes are typed in, so a refusal ends within a minute: of
 * thirty people who register at once the last have their turn after the first ones' codes.
 */
export function atMostUnanswered(limit: number, window: number, name: string): Rule {
  const earned = -PARTS * limit;
  const inParts = atMost(PARTS * limit, window, name);
  return {
    ...inParts,
    refusedUntil: (tally, now, amount) => {
      const until = inParts.refusedUntil(tally, now, PARTS * amount);
      const soon = after(now, NEXT_LOOK);
      return until && until > soon ? soon : until;
    },
    next: (tally, now, amount) => inParts.next(tally, now, PARTS * amount),
    previous: (tally, amount) => ({
      ...tally,
      count: Math.max(earned, tally.count - PARTS * amount),
    }),
    answered: (tally, takenAt) =>
      isOfWindow(tally, window, takenAt)
        ? { ...tally, count: Math.max(earned, tally.count - PARTS - 1) }
        : tally,
  };
}

// A tally of a later window never counted it.
const isOfWindow = ({ expiresAt }: Tally, window: number, takenAt: Date): boolean =>
  after(expiresAt, -window) <= takenAt;

/**
 * A wait after each one, growing along `steps` (milliseconds); forgotten after `forget`
 * milliseconds without one, or twice its wait where that is longer: a wait that an operator sets
 * long must neither end early nor begin anew each time.
 */
export function growingWait(steps: readonly number[], forget: number, name: string): Rule {
  const longest = steps.at(-1) ?? 0;
  return {
    name,
    always: true,
    refusedUntil: waitOf,
    next: (tally, now) => {
      const count = tally?.count ?? 0;
      const wait = steps[count] ?? longest;
      return {
        count: count + 1,
        blockedUntil: after(now, wait),
        expiresAt: after(now, Math.max(2 * wait, forget)),
      };
    },
    previous: (tally) => ({ ...tally, count: Math.max(0, tally.count - 1), blockedUntil: null }),
  };
}

/** Nothing while it is held: somebody sets when it ends. */
export function pausedUntil(name: string): Rule {
  return {
    name,
    always: false,
    refusedUntil: (tally, now) =>
      tally?.blockedUntil && tally.blockedUntil > now ? tally.blockedUntil : null,
    next: () => null,
    previous: (tally) => tally,
  };
}

interface Failures {
  /** A wait begins at every `each`-th failure in a row. */
  each: number;
  firstWait: number;
  longestWait: number;
  /** After that many in a row only an unlock helps. */
  lockAt?: number;
  /** Forgotten after that many milliseconds without a failure; never, if not given. */
  forget?: number;
}

/** The end of a refusal that time does not end. */
export const NEVER = new Date('9999-12-31T00:00:00.000Z');

/**
 * Failures in a row, with waits that double (NIST SP 800-63B-4, 3.2.2). Spend one before comparing;
 * clear on success.
 */
export function failuresInARow(
  { each, firstWait, longestWait, lockAt = Infinity, forget }: Failures,
  name: string,
): Rule {
  return {
    name,
    always: true,
    refusedUntil: (tally, now) => {
      if (tally === undefined) return null;
      if (tally.count >= lockAt) return NEVER;
      return waitOf(tally, now);
    },
    next: (tally, now) => {
      const count = (tally?.count ?? 0) + 1;
      const blockedUntil =
        count % each === 0 ? after(now, doubled(count / each, firstWait, longestWait)) : null;
      const expiresAt = forget === undefined ? NEVER : after(blockedUntil ?? now, forget);
      return { count, blockedUntil, expiresAt };
    },
    previous: (tally) => ({ ...tally, count: Math.max(0, tally.count - 1), blockedUntil: null }),
  };
}

interface Rate {
  /** A wait begins at every `each`-th failure. */
  each: number;
  /** Milliseconds from the first failure; after them it is forgotten, unless a wait began. */
  window: number;
  firstWait: number;
  longestWait: number;
}

/**
 * Fewer than `each` failures in a window, for what many share: an address. Reaching them starts a
 * wait, twice as long each time they are reached again before a window without a wait has passed.
 */
export function failuresWithin({ each, window, firstWait, longestWait }: Rate, name: string): Rule {
  return {
    name,
    always: true,
    refusedUntil: waitOf,
    next: (tally, now) => {
      const count = (tally?.count ?? 0) + 1;
      const blockedUntil =
        count % each === 0 ? after(now, doubled(count / each, firstWait, longestWait)) : null;
      const expiresAt = blockedUntil
        ? after(blockedUntil, window)
        : (tally?.expiresAt ?? after(now, window));
      return { count, blockedUntil, expiresAt };
    },
    previous: (tally) => ({ ...tally, count: Math.max(0, tally.count - 1), blockedUntil: null }),
  };
}

const doubled = (time: number, first: number, longest: number): number =>
  Math.min(first * 2 ** (time - 1), longest);

const waitOf = (tally: Tally | undefined, now: Date): Date | null =>
  tally?.blockedUntil && tally.blockedUntil > now ? tally.blockedUntil : null;

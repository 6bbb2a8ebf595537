/**
 * Which rows of a list, and in which order. `sortBy` is a name of the list's own; others than it
 * knows count as none.
 */
export interface Slice {
  limit: number;
  offset: number;
  sortBy?: string;
  descending?: boolean;
}

/** From (inclusive) and to (exclusive), either may be missing. */
export interface Period {
  from?: Date;
  to?: Date;
}

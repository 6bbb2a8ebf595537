import type { Cast } from './cast.js';
import type { Owe } from './owing.js';
import type { Phones } from './phones.js';
import type { Target } from './target.js';

/** What an attack has to work with. */
export interface Ground {
  target: Target;
  phones: Phones;
  cast: Cast;
  owe: Owe;
  /**
   * ABUSE_LIMITS=record: limits of addresses and number blocks let through by the operator's own
   * choice.
   */
  isRecordOnly: boolean;
  /** The inbox is the only sender: limits that guard money are only recorded. */
  isFree: boolean;
  /** Messages of an hour that the operator lets a network have; null: the product's own limit. */
  ofHour: number | null;
  /**
   * This machine is one of the target's TRUSTED_PROXIES: what its headers say of the client is
   * believed, and rightly.
   */
  isTrusted: boolean;
}

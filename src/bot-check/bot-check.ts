import { minutes } from '../common/clock.js';
import type { BotCheckName } from '../config/bot-check-settings.js';

/** A puzzle can be answered that long, in milliseconds: enough to fill in a form. */
export const PUZZLE_LIFE = minutes(20);

/**
 * A proof of work as an ALTCHA v2 challenge: find the counter whose derived key begins with the
 * prefix.
 */
export interface Puzzle {
  parameters: Readonly<Record<string, unknown>>;
  /** HMAC over the parameters. */
  signature: string;
}

/** The part of a page by which another service tells people from robots. */
export interface Widget {
  siteKey: string;
  /** Address of its script. */
  script: string;
  /** Origins that script and frames come from, for the content security policy. */
  origins: readonly string[];
}

/** What somebody who wants to register has to do: one of both. */
export type BotTask =
  | { name: 'proof-of-work'; puzzle: Puzzle; expiresAt: Date }
  | { name: Exclude<BotCheckName, 'proof-of-work'>; widget: Widget };

/**
 * `once` names the answer, which must not count twice. `unavailable`: nobody knows, as the service
 * said nothing clear.
 */
export type Verdict =
  { outcome: 'passed'; once: string } | { outcome: 'refused' } | { outcome: 'unavailable' };

/** Port: one way to tell people from robots. */
export abstract class BotCheck {
  abstract newTask(): Promise<BotTask>;
  /** Judges what the client brought; whatever is not clearly a pass is none. Never throws. */
  abstract verify(answer: string): Promise<Verdict>;
}

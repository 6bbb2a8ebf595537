import { hours, minutes, seconds } from '../clock.js';
import type { TurnLimits } from '../turns.js';

/** A pending session lives that long after the last code sent. */
export const PENDING_LIFE = minutes(10);
/** And that long in all. */
export const PENDING_LIMIT = minutes(30);
/** An unfinished registration lives that long after the last code sent. */
export const REGISTRATION_LIFE = minutes(15);
/** And that long in all. */
export const REGISTRATION_LIMIT = hours(1);
/**
 * Registrations of one name come one after the other: a form that was sent twice finds the first
 * one stored and its code sent.
 */
export const REGISTRATIONS_IN_LINE: TurnLimits = {
  running: 1,
  waiting: 500,
  patience: seconds(20),
};

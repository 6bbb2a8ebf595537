import { minutes } from '../common/clock.js';

/** A pending session lives that long after the last code sent. */
export const PENDING_LIFE = minutes(10);
/** And that long in all. */
export const PENDING_LIMIT = minutes(30);

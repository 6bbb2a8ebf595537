import { hours, minutes } from '../clock.js';

/** A pending session lives that long after the last code sent. */
export const PENDING_LIFE = minutes(10);
/** And that long in all. */
export const PENDING_LIMIT = minutes(30);
/** An unfinished registration lives that long after the last code sent. */
export const REGISTRATION_LIFE = minutes(15);
/** And that long in all. */
export const REGISTRATION_LIMIT = hours(1);

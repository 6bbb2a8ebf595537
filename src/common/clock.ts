/** The only source of the current time. Tests replace it by one they can turn. */
export class Clock {
  /** The current instant. */
  now(): Date {
    return new Date();
  }
}

export const seconds = (count: number): number => count * 1000;
export const minutes = (count: number): number => seconds(count * 60);
export const hours = (count: number): number => minutes(count * 60);
export const days = (count: number): number => hours(count * 24);

/** The instant `milliseconds` after `instant`. */
export const after = (instant: Date, milliseconds: number): Date =>
  new Date(instant.getTime() + milliseconds);

/**
 * Whole seconds from `now` until `instant`, rounded up, never below 0: what `Retry-After` carries
 * (RFC 9110, 10.2.3).
 */
export const secondsUntil = (instant: Date, now: Date): number =>
  Math.max(0, Math.ceil((instant.getTime() - now.getTime()) / 1000));

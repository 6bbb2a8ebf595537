export const plural = (count: number, unit: string): string =>
  `${count} ${unit}${count === 1 ? '' : 's'}`;

/**
 * A wait in words, rounded up so that who waits as told never comes too early. `seconds` may be a
 * fraction.
 */
export function waitText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 120) return plural(whole, 'second');
  const minutes = Math.ceil(whole / 60);
  return minutes < 120 ? plural(minutes, 'minute') : plural(Math.ceil(minutes / 60), 'hour');
}

/**
 * Time left in words, rounded down so that nobody counts on time that is not there. `seconds` may
 * be a fraction.
 */
export function timeLeftText(seconds: number): string {
  return seconds < 60 ? 'less than a minute' : plural(Math.floor(seconds / 60), 'minute');
}

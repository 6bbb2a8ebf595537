import { plural } from '../../common/text/wait-text.js';

export { waitText } from '../../common/text/wait-text.js';

/**
 * Time left in words, rounded down so that nobody counts on time that is not there. `seconds` may
 * be a fraction.
 */
export function timeLeftText(seconds: number): string {
  return seconds < 60 ? 'less than a minute' : plural(Math.floor(seconds / 60), 'minute');
}

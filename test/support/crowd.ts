import { PASSWORD } from './people.js';
import type { Registration } from './person.js';

/**
 * One of up to eight million people, each with a number of their own; numbers are spread over
 * prefixes.
 */
export const oneOfMany = (index: number): Registration => ({
  username: `one-of-many-${index}`,
  password: PASSWORD,
  phoneNumber: `+1415${2_000_000 + ((index * 7_919) % 8_000_000)}`,
});

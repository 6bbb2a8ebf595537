import { timingSafeEqual } from 'node:crypto';

/** Whether both are the same, in a time that tells nothing but their lengths. */
export function isSameInConstantTime(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

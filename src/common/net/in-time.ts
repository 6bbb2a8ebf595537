import { setTimeout as pause } from 'node:timers/promises';

/**
 * What was asked for, or null when it has not come after `patience` milliseconds. Throws what it
 * throws.
 */
export async function inTime<T>(asked: Promise<T>, patience: number): Promise<T | null> {
  const answered = new AbortController();
  const late = pause(patience, null, { signal: answered.signal }).catch(() => null);
  try {
    return await Promise.race([asked, late]);
  } finally {
    answered.abort();
  }
}

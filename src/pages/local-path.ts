import { parsedUrl } from '../common/net/parsed-url.js';
import { isTooLong } from '../common/limits/text-limits.js';

const ORIGIN = 'http://local.invalid';

/**
 * A same-site path to go on to, or null for anything a browser would take elsewhere (`//host`,
 * `/\host`, schemes, control characters).
 */
export function localPath(next: unknown): string | null {
  if (
    typeof next !== 'string' ||
    isTooLong(next, 'path') ||
    !/^\/(?![/\\])[\x21-\x7e]*$/.test(next)
  )
    return null;
  const url = parsedUrl(next, ORIGIN);
  if (!url || url.origin !== ORIGIN || url.pathname.startsWith('//')) return null;
  return `${url.pathname}${url.search}${url.hash}`;
}

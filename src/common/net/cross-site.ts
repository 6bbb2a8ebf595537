import { isTooLong } from '../limits/text-limits.js';
import { isLoopback } from './local-network.js';
import { parsedUrl } from './parsed-url.js';

export interface SiteCheck {
  method: string;
  /** As Node gives them: names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Origin of the pages, e.g. `https://accounts.example`. */
  publicUrl: string;
}

/**
 * RFC 9110, 9.2.1: these change nothing, so it does not matter who asked. TRACE is not among them:
 * it is refused anyway.
 */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export const isSafe = (method: string): boolean => SAFE.has(method.toUpperCase());

/**
 * Whether an unsafe request was made by somebody else's page (ASVS 3.5.1). `Sec-Fetch-Site` decides
 * where a browser sends it, else `Origin`; a client that sends neither is no browser, so nobody's
 * cookies were borrowed.
 */
export function isCrossSite({ method, headers, publicUrl }: SiteCheck): boolean {
  return !isSafe(method) && isForeign(headers, publicUrl, ['same-origin', 'none']);
}

/** The same for calls that no person makes by typing an address, whatever their method. */
export const isForeignCall = ({ headers, publicUrl }: Omit<SiteCheck, 'method'>): boolean =>
  isForeign(headers, publicUrl, ['same-origin']);

function isForeign(
  headers: SiteCheck['headers'],
  publicUrl: string,
  sites: readonly string[],
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return !sites.includes(String(site));
  const { origin } = headers;
  return origin !== undefined && (typeof origin !== 'string' || !isSameOrigin(origin, publicUrl));
}

/**
 * `null`, which sandboxed frames and redirects send, is no origin. Loopback's names count as one.
 */
function isSameOrigin(origin: string, publicUrl: string): boolean {
  const theirs = isTooLong(origin, 'origin') ? null : parsedUrl(origin);
  if (!theirs) return false;
  const ours = new URL(publicUrl);
  if (theirs.protocol !== ours.protocol || theirs.port !== ours.port) return false;
  return (
    theirs.hostname === ours.hostname || (isLoopback(theirs.hostname) && isLoopback(ours.hostname))
  );
}

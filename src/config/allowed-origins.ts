import { parsedUrl } from '../common/net/parsed-url.js';
import { isTooLong } from '../common/limits/text-limits.js';

const EXAMPLE = 'e.g. https://app.example';
/**
 * RFC 6454, 6.1, of schemes that are not the web's: `capacitor://localhost`,
 * `chrome-extension://…`.
 */
const OTHER_SCHEME = /^[a-z][a-z\d+.-]*:\/\/[a-z\d.-]+(:\d{1,5})?$/;
/** What browsers send as `null`: their pages have no origin. */
const WITHOUT_ORIGIN = /^(about|blob|data|file|javascript):/i;

/** What is wrong with an origin, in a sentence: browsers' `Origin` is compared sign by sign. */
export function originProblem(text: string): string | undefined {
  if (text.includes('*')) return `${text} would let any site in; name each origin, ${EXAMPLE}`;
  if (text === 'null' || WITHOUT_ORIGIN.test(text))
    return `${text} cannot be allowed: any page without an origin sends it, whoever made it`;
  const url = isTooLong(text, 'origin') ? null : parsedUrl(text);
  if (!url) return `${text.slice(0, 100)} is no origin, ${EXAMPLE}`;
  const { protocol, origin, host, pathname, search, hash, username } = url;
  if (username !== '') return `${host} must stand without a user name`;
  const isWeb = protocol === 'https:' || protocol === 'http:';
  const own = isWeb ? origin : `${protocol}//${host}`;
  if (text === own)
    return isWeb || OTHER_SCHEME.test(text) ? undefined : `${text} is no origin, ${EXAMPLE}`;
  if (host === '') return `${text} is no origin, ${EXAMPLE}`;
  if (pathname.length > 1 || search !== '' || hash !== '')
    return `${text} has a path; an origin ends with its host: ${own}`;
  if (text.endsWith('/')) return `${text} ends with a slash, which no browser sends: write ${own}`;
  return `${text} is not written as browsers send it: write ${own}`;
}

import type { Locale } from '../locale.js';

/** From where a request came; handed to services instead of the request. */
export interface ClientInfo {
  /** IP address, as far as trusted proxies vouch for it. */
  address: string;
  /** The `User-Agent` header, cut to 200 characters. */
  agent: string;
  /** The language its `Accept-Language` header asks for. */
  locale: Locale;
}

/** The client of what the product does by itself or an operator does at the command line. */
export const LOCAL_CLIENT: ClientInfo = { address: '', agent: 'ringback', locale: 'en' };

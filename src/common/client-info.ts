import { isIPv6 } from 'node:net';
import type { Locale } from './locale.js';

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

/** An IPv4 address itself, of an IPv6 address its /64: what one household or host is given. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail?.split(':').filter(Boolean) ?? [];
  const filled = [...groups, ...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest];
  return filled.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}

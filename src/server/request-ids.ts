import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { randomUUID } from 'node:crypto';
import { AddressList, plainAddress } from '../common/net/ip-address.js';
import { isTooLong } from '../common/limits/text-limits.js';
import type { Settings } from '../config/settings.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the request belongs to one. */
    trace?: Trace;
  }
}

/** What no log reads as anything but a word: 128 characters at most. */
const REQUEST_ID = /^[\w.:@+/=~-]+$/;
/**
 * W3C Trace Context, 3.2: version, trace, parent, flags. Zeros and version ff are invalid; later
 * versions may say more.
 */
const TRACE_PARENT =
  /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]{2}(-[\x21-\x7e]*)?$/;

/** A trace that a request belongs to, and the step of it that sent the request. */
export interface Trace {
  /** The header as it came. */
  header: string;
  traceId: string;
  parentId: string;
}

/**
 * Names each request: as a trusted proxy did in `X-Request-Id`, so that one id finds it in both
 * logs; else anew.
 */
export function requestIds(settings: Settings): (request: IncomingMessage) => string {
  const proxies = new AddressList(settings.trustedProxies);
  return ({ headers, socket }) => {
    const given = headers['x-request-id'];
    if (typeof given !== 'string' || !isId(given)) return randomUUID();
    return proxies.has(plainAddress(socket.remoteAddress ?? '') ?? '') ? given : randomUUID();
  };
}

/** The trace of `traceparent`, whoever sent it: it is hexadecimal or nothing. */
export function traceOf({ traceparent: header }: IncomingHttpHeaders): Trace | null {
  if (typeof header !== 'string' || isTooLong(header, 'trace')) return null;
  const [, version, traceId = '', parentId = '', more] = TRACE_PARENT.exec(header) ?? [];
  const isValid = version !== undefined && (version !== '00' || more === undefined);
  return isValid ? { header, traceId, parentId } : null;
}

const isId = (text: string): boolean => !isTooLong(text, 'requestId') && REQUEST_ID.test(text);

import { providerFailures } from '../provider-failures.js';

/**
 * `answered`: a status line came; the body is null when it broke off, came too late or was too
 * long. `not_sent`: the request surely never arrived. `lost`: it may have.
 */
export type Exchange =
  | { outcome: 'answered'; status: number; headers: Headers; body: string | null }
  | { outcome: 'not_sent' }
  | { outcome: 'lost' };

interface Limits {
  /** Milliseconds for everything, reading the body included. */
  timeout: number;
  /** Largest body that is read; what is longer counts as unreadable. */
  maxBytes?: number;
}

/**
 * Node's fetch with bounds, following no redirect, telling apart what surely did not happen from
 * what may have. Never throws.
 */
export async function boundedFetch(
  url: URL,
  init: RequestInit,
  { timeout, maxBytes = 64 * 1024 }: Limits,
): Promise<Exchange> {
  const signal = AbortSignal.timeout(timeout);
  let response: Response;
  try {
    response = await fetch(url, { ...init, redirect: 'manual', signal });
  } catch (error) {
    providerFailures.publish({ host: url.host, code: codeOf(error) });
    return { outcome: neverConnected(error) ? 'not_sent' : 'lost' };
  }
  if (servesNobody(response.status))
    providerFailures.publish({ host: url.host, code: `http_${response.status}` });
  return {
    outcome: 'answered',
    status: response.status,
    headers: response.headers,
    body: await readBody(response, maxBytes),
  };
}

async function readBody(response: Response, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.byteLength;
      if (length > maxBytes) return null;
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

interface Failure {
  code?: unknown;
  syscall?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/**
 * A certificate is judged before the request is written, so its refusal is as sure as a refused
 * connection.
 */
const BEFORE_THE_REQUEST =
  /^(UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

function neverConnected(error: unknown): boolean {
  if (!isFailure(error)) return false;
  // Several addresses of one host were tried, and each has its own reason.
  if (Array.isArray(error.errors))
    return error.errors.length > 0 && error.errors.every(neverConnected);
  if (error.cause !== undefined) return neverConnected(error.cause);
  if (error.syscall === 'connect' || error.syscall === 'getaddrinfo') return true;
  return typeof error.code === 'string' && BEFORE_THE_REQUEST.test(error.code);
}

/** A wrong key, too many requests, out of order; any other refusal may be about a number. */
const servesNobody = (status: number): boolean => status === 401 || status === 429 || status >= 500;

/** Of what fetch threw, the innermost code, e.g. `ECONNREFUSED`. */
function codeOf(error: unknown): string {
  if (!isFailure(error)) return 'unknown';
  const [first] = Array.isArray(error.errors) ? (error.errors as unknown[]) : [];
  const inner = first ?? error.cause;
  if (inner !== undefined) return codeOf(inner);
  if (typeof error.code === 'string') return error.code;
  return error instanceof DOMException ? error.name : 'unknown';
}

const isFailure = (error: unknown): error is Failure => typeof error === 'object' && error !== null;

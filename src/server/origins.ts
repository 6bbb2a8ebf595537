import type { FastifyInstance, FastifyRequest } from 'fastify';
import { placeOf } from './bodies.js';
import { bearerToken } from '../auth/http/session-cookie.js';
import { hours } from '../common/clock.js';
import { isCrossSite } from '../common/net/cross-site.js';
import { AppError } from '../common/errors/app-error.js';
import type { Settings } from '../config/settings.js';

/**
 * Where other origins may be let in: the API and its document. Never the pages: their credential is
 * a cookie.
 */
const OPEN = /^\/(api\/v1(\/|$)|docs-json\/?$)/;

/** What scripts may read beside the body (Fetch, 4.9); others of our headers are for browsers. */
const EXPOSED = [
  'Allow',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'WWW-Authenticate',
  'X-Request-Id',
  'traceparent',
].join(', ');

/** Answers a preflight. Chromium keeps it for two hours at most. */
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers':
    'Accept-Language, Authorization, Content-Type, Idempotency-Key, Ringback-Device, X-Request-Id, traceparent, tracestate',
  'access-control-max-age': hours(2) / 1000,
};

/**
 * CORS for ALLOWED_ORIGINS, without credentials: those pages send a Bearer token. Before what
 * refuses, so that refusals can be read as well. @fastify/cors would bring a route `OPTIONS *`, in
 * place of 405 with `Allow` for every page.
 */
export function letOriginsIn(server: FastifyInstance, settings: Settings): void {
  if (settings.allowedOrigins.length === 0) return;
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(originHeaders(settings, placeOf(request), request.headers.origin));
    if (isPreflight(request) && reply.hasHeader('access-control-allow-origin'))
      return void reply.code(204).headers(PREFLIGHT).send();
    done();
  });
}

/**
 * What an answer to this origin bears. `Vary` for all: a cache must not hand one origin's answer to
 * another.
 */
export function originHeaders(
  { allowedOrigins }: Pick<Settings, 'allowedOrigins'>,
  place: string,
  origin: string | undefined,
): Record<string, string> {
  if (allowedOrigins.length === 0 || !OPEN.test(place)) return {};
  if (origin === undefined || !allowedOrigins.includes(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': EXPOSED,
  };
}

/**
 * Refuses what somebody else's page made a browser send. The rule is about cookies, which go along
 * unasked: no page can send the API a Bearer token that it does not know, and one of
 * ALLOWED_ORIGINS may call it without a cookie.
 */
export function refuseOtherSites(server: FastifyInstance, settings: Settings): void {
  const { publicUrl } = settings;
  server.addHook('onRequest', (request, _reply, done) => {
    const { method, headers } = request;
    const isRefused = isCrossSite({ method, headers, publicUrl }) && !isWelcome(request, settings);
    done(isRefused ? new AppError('cross_site_request') : undefined);
  });
}

function isWelcome(request: FastifyRequest, { allowedOrigins }: Settings): boolean {
  if (!OPEN.test(placeOf(request))) return false;
  if (bearerToken(request)) return true;
  const { origin, cookie } = request.headers;
  return origin !== undefined && allowedOrigins.includes(origin) && cookie === undefined;
}

const isPreflight = ({ method, headers }: FastifyRequest): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;

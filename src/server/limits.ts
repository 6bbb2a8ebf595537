import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isReceipt, placeOf } from './bodies.js';
import { addressOf } from '../auth/http/client-of.js';
import { bearerToken } from '../auth/http/session-cookie.js';
import type { SessionsService } from '../auth/sessions/sessions.service.js';
import { AppError } from '../common/errors/app-error.js';
import { isSafe } from '../common/net/cross-site.js';
import { isTooLong } from '../common/limits/text-limits.js';
import type { RequestLimit, RequestLimits, Shut } from '../rate-limit/request-limits.service.js';

/** Headers of one request; browsers send about 20. */
const MOST_HEADERS = 100;

/**
 * Says that the process lives: refused in a flood, it would have the process restarted. It costs
 * nothing.
 */
const LIVE = '/health/live';

/** Routes with a limit of their own: each of their requests costs a hash, a message, or a try. */
const TIGHTER: Readonly<Record<string, RequestLimit>> = {
  '/login': 'login',
  '/api/v1/session': 'login',
  '/password': 'login',
  '/api/v1/me/password': 'login',
  '/register': 'registration',
  '/api/v1/registration': 'registration',
  '/verify': 'confirmation',
  '/verify/resend': 'confirmation',
  '/verify/cancel': 'confirmation',
  '/verify/number': 'confirmation',
  '/api/v1/session/phone-number': 'confirmation',
  '/api/v1/session/confirmation': 'confirmation',
  '/api/v1/session/confirmation/resend': 'confirmation',
};

/**
 * Counts every request by its network. What changes something is counted first, and refused before
 * its body is read. What only reads is counted when it was answered, for only then is it known
 * whether a session stood behind it: a check of one costs nothing here. Where a network has sent
 * too much that proved nothing, a token that is good is judged before it is refused: a service that
 * checks tokens hands on what strangers send it.
 */
export function limitRequests(
  server: FastifyInstance,
  limits: RequestLimits,
  sessions: SessionsService,
): void {
  server.addHook('onRequest', (request, reply, done) => {
    let shut: Shut | null = null;
    try {
      refuseMalformed(request);
      if (request.url !== LIVE) shut = limits.shut(() => addressOf(request));
    } catch (error) {
      return refuse(error, request, reply, done);
    }
    if (shut === null && isOnlyReading(request)) return done();
    enter(request, reply, shut).then(
      () => done(),
      (error: unknown) => refuse(error, request, reply, done),
    );
  });

  async function enter(
    request: FastifyRequest,
    reply: FastifyReply,
    shut: Shut | null,
  ): Promise<void> {
    if (shut !== null && !(shut.opensToTokens && (await hasGoodToken(request, sessions))))
      throw shut.error;
    if (isOnlyReading(request)) return;
    const counted = limitsOf(request).filter((limit) => shut === null || limit !== 'any');
    await limits.take(addressOf(request), counted, (headers) => void reply.headers(headers));
  }

  // A read by nobody known is counted before its answer goes out, which tells what is left.
  server.addHook('onSend', (request, reply, _payload, done) => {
    if (request.current || !isReadOfApi(request)) return done();
    limits.note(addressOf(request)).then(
      (headers) => {
        void reply.headers(headers);
        done();
      },
      () => done(),
    );
  });

  server.addHook('onResponse', (request, reply, done) => {
    if (isOnlyReading(request) && request.url !== LIVE) {
      if (isProven(request, reply)) limits.noteProven(() => addressOf(request));
      else if (request.current) limits.noteKnown(addressOf(request));
      else if (!isReadOfApi(request)) void limits.note(addressOf(request));
    }
    done();
  });
}

/** A session's, whatever it still waits for. */
async function hasGoodToken(request: FastifyRequest, sessions: SessionsService): Promise<boolean> {
  const token = isCall(request) ? bearerToken(request) : null;
  return token ? (await sessions.find(token)) !== null : false;
}

const isCall = (request: FastifyRequest): boolean => placeOf(request).startsWith('/api');

const isReadOfApi = (request: FastifyRequest): boolean => isSafe(request.method) && isCall(request);

// Node would take a request without Host (RFC 9112, 3.2) for its own to answer, without our
// headers; of two it takes the first.
function refuseMalformed({ raw, headers }: FastifyRequest): void {
  if (raw.rawHeaders.length > 2 * MOST_HEADERS) throw new AppError('headers_too_large');
  const hosts = raw.rawHeaders.filter(
    (name, at) => at % 2 === 0 && name.toLowerCase() === 'host',
  ).length;
  const isAddressed =
    headers.host === undefined ? raw.httpVersion === '1.0' : hosts === 1 && isHost(headers.host);
  if (!isAddressed) throw new AppError('malformed_request');
}

/**
 * A name or address, and a port (RFC 3986, 3.2.2). Without commas: with one it was two hosts before
 * a proxy joined them.
 */
const isHost = (text: string): boolean =>
  !isTooLong(text, 'host') && /^(?:[\w.~!$&'()*+;=%-]+|\[[\da-f:.]+\])(?::\d{0,5})?$/i.test(text);

const isOnlyReading = (request: FastifyRequest): boolean =>
  isSafe(request.method) || isReceipt(request);

const limitsOf = ({ routeOptions, method }: FastifyRequest): RequestLimit[] => {
  const tighter = method === 'DELETE' ? undefined : TIGHTER[routeOptions.url ?? ''];
  return tighter ? ['any', 'unsafe', tighter] : ['any', 'unsafe'];
};

const isProven = (request: FastifyRequest, { statusCode }: FastifyReply): boolean =>
  request.current?.state === 'active' ||
  request.staff !== undefined ||
  (isReceipt(request) && statusCode < 300);

// What it would still send is not waited for.
function refuse(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  done: (error?: Error) => void,
): void {
  if (!isSafe(request.method) || AppError.is(error, 'malformed_request'))
    void reply.header('connection', 'close');
  done(error instanceof Error ? error : new AppError('internal_error', { cause: error }));
}

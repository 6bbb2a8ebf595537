import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressOf } from '../auth/http/client-of.js';
import { headerDevices } from '../auth/http/device-cookie.js';
import { bearerToken } from '../auth/http/session-cookie.js';
import { AppError } from '../common/errors/app-error.js';
import { networkOf } from '../common/net/ip-address.js';
import { describeError } from '../common/errors/error-description.js';
import { isTooLong } from '../common/limits/text-limits.js';
import type { IdempotentCalls, KeptAnswer, Run } from '../idempotency/idempotent-calls.service.js';

const HEADER = 'idempotency-key';
const VISIBLE = /^[\x21-\x7e]+$/;

/** The calls that send a message, spend a try or make an account or a session. */
const REPEATABLE = new Set([
  'POST /api/v1/registration',
  'POST /api/v1/session',
  'POST /api/v1/session/confirmation',
  'POST /api/v1/session/confirmation/resend',
  'PUT /api/v1/session/phone-number',
]);

/**
 * What belongs to the answer; all else is the same on each. Its id finds the call that did the
 * work.
 */
const KEPT_HEADERS = ['content-type', 'www-authenticate', 'x-request-id'] as const;

const log = new Logger('idempotency');

/**
 * Answers a call that came before as it was answered then. Ahead of all guards: they hash
 * passwords, and the token of a confirmation is dead after its first call.
 */
export function answerRepeatedCalls(server: FastifyInstance, calls: IdempotentCalls): void {
  const runs = new WeakMap<FastifyRequest, Run>();

  server.addHook('preHandler', (request, reply, done) => {
    if (request.headers[HEADER] === undefined || !isRepeatable(request)) return done();
    begin(calls, request).then(
      (begun) => {
        if ('answer' in begun) return replay(begun.answer, reply);
        runs.set(request, begun.run);
        done();
      },
      (error: unknown) =>
        done(error instanceof Error ? error : new AppError('internal_error', { cause: error })),
    );
  });

  server.addHook('onSend', (request, reply, payload, done) => {
    const run = runs.get(request);
    if (run === undefined) return done();
    runs.delete(request);
    // The work is done: an answer that cannot be kept still goes out.
    end(calls, run, reply, payload)
      .catch((error: unknown) => log.warn(describeError(error)))
      .finally(() => done());
  });
}

const isRepeatable = ({ method, routeOptions }: FastifyRequest): boolean =>
  REPEATABLE.has(`${method} ${routeOptions.url ?? ''}`);

async function begin(calls: IdempotentCalls, request: FastifyRequest) {
  const route = request.routeOptions.url ?? '';
  return calls.begin({ route, caller: callerOf(request), key: keyOf(request), body: request.body });
}

function keyOf({ headers }: FastifyRequest): string {
  const key = String(headers[HEADER]);
  if (isTooLong(key, 'idempotencyKey') || !VISIBLE.test(key))
    throw new AppError('malformed_request', {
      detail: 'Idempotency-Key takes 1 to 128 visible ASCII characters, once.',
    });
  return key;
}

/**
 * The session's token as sent, alive or not; of strangers the network and the devices they show.
 */
function callerOf(request: FastifyRequest): string[] {
  const token = bearerToken(request);
  return token
    ? ['token', token]
    : ['stranger', networkOf(addressOf(request)), headerDevices(request)];
}

function replay({ status, headers, body }: KeptAnswer, reply: FastifyReply): void {
  void reply.code(status).headers(headers).send(body);
}

// What may go better the next time is not kept: a fault underneath, a wait.
function end(
  calls: IdempotentCalls,
  run: Run,
  reply: FastifyReply,
  payload: unknown,
): Promise<void> {
  const { statusCode: status } = reply;
  if (status >= 500 || status === 429) return calls.giveUp(run);
  const headers = KEPT_HEADERS.flatMap((name) =>
    reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [],
  );
  return calls.keep(run, {
    status,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: textOf(payload),
  });
}

const textOf = (payload: unknown): string => (typeof payload === 'string' ? payload : '');

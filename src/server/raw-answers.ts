import type { ConnectionError } from 'fastify';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { problem } from '../api/problem.js';
import { plainPath } from './bodies.js';
import { originHeaders } from './origins.js';
import { AppError } from '../common/errors/app-error.js';
import { ERROR_TABLE, type ErrorCode } from '../common/errors/error-table.js';
import { securityHeaders } from '../common/net/security-headers.js';
import type { Settings } from '../config/settings.js';

const BY_CODE: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
};

/** Answers that a connection still waits for, by its socket. */
const underWay = new WeakMap<Socket, Set<ServerResponse>>();
/** Connections that have had their last word. */
const ending = new WeakSet<Socket>();

/**
 * The answer to bytes that make no request, or not in time, with the headers of every answer; then
 * the connection ends. Answers to whole requests that came before those bytes are delivered first.
 */
export function answerRaw(settings: Settings): (error: ConnectionError, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed || ending.has(socket)) return;
    ending.add(socket);
    // A request whose own bytes are missing or broken is answered by this; only whole ones are
    // waited for.
    const answers = [...(underWay.get(socket) ?? [])];
    const whole = answers.filter(({ req }) => req.complete);
    const broken = answers.find(({ req }) => !req.complete)?.req;
    const end = () => {
      if (socket.writable)
        socket.write(rawAnswer(BY_CODE[error.code] ?? 'malformed_request', settings, broken));
      socket.destroy(error);
    };
    afterAnswers(whole, end);
  };
}

/** Notes what is being answered, for `answerRaw`. */
export function noteAnswers(server: Server): void {
  server.on('request', ({ socket }, response) => {
    const answers = underWay.get(socket) ?? new Set();
    underWay.set(socket, answers.add(response));
    response.once('close', () => answers.delete(response));
  });
}

function afterAnswers([answer, ...later]: readonly ServerResponse[], then: () => void): void {
  if (!answer) return then();
  if (answer.closed) return afterAnswers(later, then);
  answer.once('close', () => setImmediate(afterAnswers, later, then));
}

/**
 * An `Expect` that Node does not know is no reason to refuse (RFC 9110, 10.1.1): the request is
 * answered like any other.
 */
export function answerAnyExpectation(server: Server): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/** `broken`: the request, as far as its headers came. */
function rawAnswer(
  code: ErrorCode,
  settings: Settings,
  broken: IncomingMessage | undefined,
): string {
  const { status } = ERROR_TABLE[code];
  const id = randomUUID();
  const body = JSON.stringify(problem(new AppError(code), id, settings.publicUrl));
  const headers = {
    ...securityHeaders(settings.publicUrl),
    ...originHeaders(settings, plainPath(broken?.url ?? ''), broken?.headers.origin),
    'cache-control': 'no-store',
    'x-request-id': id,
    connection: 'close',
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n');
}

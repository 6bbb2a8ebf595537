import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../common/errors/app-error.js';
import { ERROR_TABLE, type ErrorCode } from '../common/errors/error-table.js';
import { problemType } from '../common/errors/problem-type.js';

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  413: 'payload_too_large',
  415: 'unsupported_media_type',
};
const log = new Logger('admin');

/**
 * Errors of the panel's calls: problem+json (RFC 9457). Those of its pages are thrown on, to the
 * handler that shows every page's error. What we did not foresee is logged by its name only.
 */
export const answerErrors =
  (publicUrl: string) =>
  (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    if (request.routeOptions.url?.startsWith('/admin/api/') !== true) throw thrown;
    const error = asAppError(thrown);
    const { status, title } = ERROR_TABLE[error.code];
    request.refused = error.code;
    request.refusedBy = error;
    if (error.code === 'internal_error') log.error(`${request.id} ${describe(thrown)}`);
    if (error.params.retryAfter !== undefined)
      void reply.header('retry-after', String(error.params.retryAfter));
    const problem = {
      type: problemType(publicUrl, error.code),
      title,
      status,
      code: error.code,
      detail: error.message,
      request_id: request.id,
    };
    void reply
      .code(status)
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem));
  };

function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const status =
    thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number'
      ? thrown.statusCode
      : 500;
  return new AppError(
    BY_STATUS[status] ?? (status >= 400 && status < 500 ? 'malformed_request' : 'internal_error'),
    {
      cause: thrown,
    },
  );
}

// Where, not what: the message of a database error may hold what was to be stored.
const describe = (thrown: unknown): string =>
  thrown instanceof Error
    ? `${thrown.name} ${thrown.stack?.split('\n').slice(1, 8).join('\n') ?? ''}`
    : typeof thrown;

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '../common/errors/app-error.js';
import { ERROR_TABLE } from '../common/errors/error-table.js';
import { problem } from './problem.js';

/** Answers a program: problem+json, with `Retry-After` and `WWW-Authenticate` where they belong. */
export function answerProblem(
  error: AppError,
  { id }: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string,
): void {
  const { status } = ERROR_TABLE[error.code];
  if (error.params.retryAfter !== undefined)
    void reply.header('retry-after', error.params.retryAfter);
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  const body = JSON.stringify(problem(error, id, publicUrl));
  void reply.code(status).type('application/problem+json; charset=utf-8').send(body);
}

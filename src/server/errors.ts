import {
  Catch,
  HttpException,
  Logger,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerProblem } from '../api/answer-problem.js';
import { isApi } from './bodies.js';
import { AppError } from '../common/errors/app-error.js';
import { describeError } from '../common/errors/error-description.js';
import type { ErrorCode } from '../common/errors/error-table.js';
import { isTooLong } from '../common/limits/text-limits.js';
import type { PageErrors } from '../pages/page-errors.js';

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  503: 'busy',
};
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Every error of every route, those of the framework included, becomes one row of the error table;
 * the face decides how it looks.
 */
@Catch()
export class AppErrorFilter implements ExceptionFilter {
  private readonly log = new Logger('errors');

  constructor(
    private readonly pages: PageErrors,
    private readonly publicUrl: string,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    this.answer(
      thrown,
      host.switchToHttp().getRequest<FastifyRequest>(),
      host.switchToHttp().getResponse<FastifyReply>(),
    );
  }

  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const error = allowOtherMethods(asAppError(thrown), request, reply);
    request.refused = error.code;
    request.refusedBy = error;
    if (error.code === 'internal_error')
      this.log.error({ request_id: request.id, ...describeError(thrown) });
    if (reply.sent) return;
    if (isApi(request)) answerProblem(error, request, reply, this.publicUrl);
    else this.pages.answer(error, request, reply);
  }
}

function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusOf(thrown);
  const code =
    BY_STATUS[status] ?? (status >= 400 && status < 500 ? 'malformed_request' : 'internal_error');
  return new AppError(code, { cause: thrown });
}

const statusOf = (thrown: unknown): number =>
  thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number'
    ? thrown.statusCode
    : 500;

/** A known address asked by the wrong method is 405, with `Allow` (RFC 9110, 15.5.6). */
function allowOtherMethods(
  error: AppError,
  request: FastifyRequest,
  reply: FastifyReply,
): AppError {
  if (error.code !== 'not_found' || request.routeOptions.url !== undefined) return error;
  const url = request.url.split('?')[0]?.replace(/(?<=.)\/$/, '') ?? '';
  // The router reads it as a route's pattern, sign by sign: no route of ours is that long, or has
  // these signs to be asked for.
  if (isTooLong(url, 'path') || /[:*(]/.test(url)) return error;
  const allowed = METHODS.filter((method) => request.server.hasRoute({ url, method }));
  if (allowed.length === 0) return error;
  void reply.header('allow', allowed.join(', '));
  return new AppError('method_not_allowed');
}

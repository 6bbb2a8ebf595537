import type { AppError } from '../common/errors/app-error.js';
import { ERROR_TABLE } from '../common/errors/error-table.js';
import { NumberTaken } from '../auth/taken-numbers.service.js';
import { StepUpRequired } from '../auth/two-factor.service.js';
import { problemType } from '../common/errors/problem-type.js';
import { confirmationAnswer } from './session.answer.js';

/** An error as `application/problem+json` (RFC 9457). Pointers are JSON pointers (RFC 6901). */
export function problem(error: AppError, requestId: string, publicUrl: string) {
  const { detail, fields, attemptsLeft, retryAfter } = error.params;
  const { status, title } = ERROR_TABLE[error.code];
  return {
    type: problemType(publicUrl, error.code),
    title,
    status,
    code: error.code,
    detail: detail ?? title,
    request_id: requestId,
    ...(fields
      ? {
          errors: fields.map(({ field, ...rest }) => ({
            pointer: field === '' ? '' : `/${field}`,
            ...rest,
          })),
        }
      : {}),
    ...(attemptsLeft === undefined ? {} : { attempts_left: attemptsLeft }),
    ...(retryAfter === undefined ? {} : { retry_after: retryAfter }),
    ...(error instanceof StepUpRequired ? { confirmation: confirmationAnswer(error.pending) } : {}),
    ...(error instanceof NumberTaken ? { token: error.opened.token } : {}),
  };
}

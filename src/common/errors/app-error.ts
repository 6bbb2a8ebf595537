import { ERROR_TABLE, type ErrorCode } from './error-table.js';
import type { FieldErrorCode } from './field-error-codes.js';

/** One refused field: its snake_case name (or path), a stable code, and a sentence for people. */
export interface FieldError {
  field: string;
  code: FieldErrorCode;
  detail: string;
  /**
   * What was typed can mean each of these values; one of them is right. For the eyes of whoever
   * typed it.
   */
  choices?: readonly string[];
  /** The account it concerns, by id: for staff who may open it. */
  account?: number;
}

interface ErrorParams {
  /**
   * A sentence that says more than the table's own. Never holds a secret or a full phone number.
   */
  detail?: string;
  fields?: readonly FieldError[];
  /** Tries the challenge still has. */
  attemptsLeft?: number;
  /** Seconds to wait. */
  retryAfter?: number;
  cause?: unknown;
}

/**
 * The only error services throw on purpose. It knows no HTTP: the error table gives status and
 * sentence.
 */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
  ) {
    super(params.detail ?? ERROR_TABLE[code].title, { cause: params.cause });
    this.name = 'AppError';
  }

  static is(error: unknown, code: ErrorCode): error is AppError {
    return error instanceof AppError && error.code === code;
  }

  /** `validation_failed` at the given fields. */
  static invalid(...fields: FieldError[]): AppError {
    return new AppError('validation_failed', { fields });
  }
}

import type { ErrorCode } from './error-table.js';

export const PROBLEMS_PATH = '/problems';

/** The `type` of a problem (RFC 9457, 3.1.1): an address that says what the code means. */
export const problemType = (publicUrl: string, code: ErrorCode): string =>
  `${publicUrl}${PROBLEMS_PATH}/${code}`;
